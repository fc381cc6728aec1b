using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>
/// Writes the method that gives the keys of one template, and where a batch, a set of entries or a list of tags needs it, the one that
/// appends them.
/// </summary>
internal sealed class KeyMethodEmitter(SourceWriter writer, ClientModel client, KeyMethodModel method)
{
    public void Emit()
    {
        if (!method.IsOnlyAdded)
        {
            EmitBytes();
        }

        if (method.AppendName is { } name)
        {
            writer.Line();
            EmitAppend(name);
        }

        if (method.AddName is { } addName)
        {
            if (!method.IsOnlyAdded)
            {
                writer.Line();
            }

            EmitAdd(addName);
        }
    }

    // The class of the functions that give the keys as text calls it too.
    private void EmitBytes()
    {
        var type = RuntimeNames.Code.KeyWriter;
        EmitSummary("The key");
        string[] own = client.CutsKeys ? [$"{RuntimeNames.Code.ByteSpan} {method.BufferName}", $"int {method.MaxLengthName}"] : [$"{RuntimeNames.Code.ByteSpan} {method.BufferName}"];
        using var body = writer.Block(Signature($"internal static {RuntimeNames.Code.ReadOnlyByteSpan} {method.Name}", own));
        var limit = client.CutsKeys ? $", {method.MaxLengthName}" : "";
        writer.Line($"{type} {method.WriterName} = new({method.BufferName}, {KeyEmitter.Policy(client)}{limit}){TemplateEmitter.Cover(client, method.Key)};");
        EmitPartsOrCall();
        writer.Line($"return {method.WriterName}.Finish();");
    }

    // The buffer is that of the list.
    private void EmitAdd(string name)
    {
        EmitSummary("Adds the tag");
        using var body = writer.Block(Signature($"private static void {name}", [$"ref {RuntimeNames.Code.TagKeys} {method.TagsName}"]));
        var shownAs = TemplateEmitter.ShownAs(client, method.Key) is { } text ? $", {text}" : "";
        writer.Line($"{RuntimeNames.Code.KeyWriter} {method.WriterName} = {method.TagsName}.Begin({KeyEmitter.Policy(client)}{shownAs});");
        EmitPartsOrCall();
        writer.Line($"{method.TagsName}.Add({method.WriterName}.Finish());");
    }

    private void EmitPartsOrCall()
    {
        if (method.AppendName is { } name)
        {
            writer.Line($"{name}({string.Join(", ", method.Key.Parameters.Select(static parameter => parameter.Name).Prepend($"ref {method.WriterName}"))});");
        }
        else
        {
            EmitParts();
        }
    }

    private void EmitAppend(string name)
    {
        EmitSummary("Appends the key");
        using var body = writer.Block(Signature($"private static void {name}", [$"ref {RuntimeNames.Code.KeyWriter} {method.WriterName}"]));
        EmitParts();
    }

    private void EmitSummary(string text) => writer.Line($"/// <summary>{text} <c>{CodeText.Xml(method.Key.Text)}</c>.</summary>");

    private string Signature(string start, string[] own) =>
        MemberText.Parenthesized(start, [.. own, .. method.Key.Parameters.Select(static parameter => $"{parameter.Type} {parameter.Name}")]);

    private void EmitParts()
    {
        foreach (var part in method.Key.Parts)
        {
            writer.Line(part switch
            {
                LiteralKeyPart literal => $"{method.WriterName}.AppendLiteral({CodeText.Utf8(literal.Text)});",
                ValueKeyPart value => Statement(value),
                _ => throw new InvalidOperationException($"A key part of type {part.GetType()} is not known."),
            });
        }
    }

    private string Statement(ValueKeyPart part)
    {
        var expression = part.Expression.Replace(ValueKeyPart.Root, method.Key.Parameters[part.Parameter].Name);
        if (part.EnumMethod is { } enumMethod)
        {
            return $"{enumMethod}(ref {method.WriterName}, {expression});";
        }

        var bound = part.Bound is { } limit ? FormattableString.Invariant($", maxLength: {limit.MaxLength}, name: {CodeText.String(limit.Name)}") : "";
        var format = part.Format is null ? "" : $", {CodeText.String(part.Format)}";
        var delimiter = part.Delimiter == 0 ? "" : $", delimiter: {CodeText.Byte(part.Delimiter)}";
        return $"{method.WriterName}.{part.Method}({expression}{bound}{format}{delimiter});";
    }
}
