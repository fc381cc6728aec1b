using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the nested class whose functions give the keys of a client as text.</summary>
internal static class KeyFunctionEmitter
{
    public static void Emit(SourceWriter writer, ClientModel client)
    {
        using var body = writer.Block($"public static class {client.KeysName}");
        for (var i = 0; i < client.KeyFunctions.Count; i++)
        {
            if (i > 0)
            {
                writer.Line();
            }

            Emit(writer, client, client.KeyFunctions[i]);
        }
    }

    private static void Emit(SourceWriter writer, ClientModel client, KeyFunctionModel function)
    {
        writer.Line($"/// <summary>The key <c>{CodeText.Xml(function.Key.Text)}</c>.</summary>");
        if (function.Obsolete is { } obsolete)
        {
            writer.Line(obsolete);
        }

        var parameters = function.Parameters.Select(static parameter => $"{parameter.Type} {parameter.Name}").ToArray();
        var access = function.IsPublic ? "public" : "internal";
        using var body = writer.Block(MemberText.Parenthesized($"{access} static string {function.Name}", parameters));
        MemberText.EmitChecks(writer, function.NotNull);
        writer.Line($"return {KeyEmitter.Text(client, function.Key, client.QualifiedImplementationName + ".")};");
    }
}
