using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes keys as expressions: as a literal where they are constant, else by their generated method.</summary>
internal static class KeyEmitter
{
    /// <summary>The key's bytes, from arguments that are called like the key's parameters.</summary>
    /// <param name="client">The client.</param>
    /// <param name="key">The key.</param>
    /// <param name="pool">The pool as an expression.</param>
    public static string Bytes(ClientModel client, KeyModel key, string pool) => key.IsConstant
        ? CodeText.Utf8(ConstantText(key))
        : Call(client, key, scope: "", $"{pool}.MaxKeyLength");

    /// <summary>The key as a string, for pools of all prefixes.</summary>
    /// <param name="client">The client.</param>
    /// <param name="key">The key.</param>
    /// <param name="scope">The class with the key methods, and a point.</param>
    public static string Text(ClientModel client, KeyModel key, string scope) => key.IsConstant
        ? CodeText.String(ConstantText(key))
        : MemberText.Parenthesized(
            client.CutsKeys ? $"{RuntimeNames.Code.KeyWriter}.ToText" : $"{RuntimeNames.Code.Utf8}.GetString",
            [Call(client, key, scope, $"{RuntimeNames.Code.KeyWriter}.MaxLength")]);

    /// <summary>A lambda that appends the key to a writer.</summary>
    /// <param name="client">The client.</param>
    /// <param name="key">The key.</param>
    /// <param name="writerName">What the writer is called.</param>
    /// <param name="parameters">The lambda's other parameters, as code.</param>
    /// <param name="arguments">The key's arguments, made of them.</param>
    public static string Lambda(ClientModel client, KeyModel key, string writerName, IEnumerable<string> parameters, IEnumerable<string> arguments) =>
        MemberText.Lambda(
            $"({string.Join(", ", parameters.Prepend($"ref {RuntimeNames.Code.KeyWriter} {writerName}"))})",
            $"{Method(client, key).AppendName}({string.Join(", ", arguments.Prepend($"ref {writerName}"))})");

    /// <summary>The method that adds a tag to those of a value.</summary>
    public static string AddName(ClientModel client, KeyModel tag) => Method(client, tag).AddName!;

    /// <summary>The key policy as an expression.</summary>
    public static string Policy(ClientModel client) => $"{RuntimeNames.Code.KeyPolicy}.{client.KeyPolicy}";

    private static string Call(ClientModel client, KeyModel key, string scope, string maxLength) => MemberText.Parenthesized(
        scope + Method(client, key).Name,
        [
            $"stackalloc byte[{RuntimeNames.Code.KeyWriter}.StackSize]",
            .. client.CutsKeys ? new[] { maxLength } : [],
            .. key.Parameters.Select(static parameter => parameter.Name),
        ]);

    private static KeyMethodModel Method(ClientModel client, KeyModel key) => client.KeyMethods.First(method => method.Key.IsWrittenLike(key));

    private static string ConstantText(KeyModel key) => string.Concat(key.Parts.Select(static part => ((LiteralKeyPart)part).Text));
}
