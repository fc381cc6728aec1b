using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the code which writes a key.</summary>
internal static class KeyEmitter
{
    /// <summary>Whether the key is the same for all arguments.</summary>
    public static bool IsConstant(KeyModel key) => key.Parts.All(static part => part is LiteralKeyPart);

    /// <summary>The key as an expression, where it is constant.</summary>
    public static string Constant(KeyModel key) => CodeText.Utf8(Fixed(key));

    /// <summary>The key as a string literal, where it is constant.</summary>
    public static string ConstantText(KeyModel key) => CodeText.String(Fixed(key));

    /// <summary>The key policy as an expression.</summary>
    public static string Policy(string policy) => $"{RuntimeNames.Code.KeyPolicy}.{policy}";

    /// <summary>Writes the lines which make a key writer and append the key to it.</summary>
    /// <param name="writer">Where they are written.</param>
    /// <param name="key">The key.</param>
    /// <param name="policy">The key policy.</param>
    /// <param name="enumsOf">The class with the methods which append enums, and a point; empty inside that class.</param>
    public static void EmitWriter(SourceWriter writer, KeyModel key, string policy, string enumsOf = "")
    {
        var type = RuntimeNames.Code.KeyWriter;
        writer.Line($"var {key.WriterName} = new {type}(");
        writer.Line($"    stackalloc byte[{type}.StackSize], {Policy(policy)});");
        foreach (var statement in Statements(key, enumsOf))
        {
            writer.Line(statement);
        }
    }

    /// <summary>The lines which append the key's parts to a writer.</summary>
    public static IEnumerable<string> Statements(KeyModel key, string enumsOf = "") => key.Parts.Select(part => part switch
    {
        LiteralKeyPart literal => $"{key.WriterName}.AppendLiteral({CodeText.Utf8(literal.Text)});",
        ValueKeyPart value => Statement(key.WriterName, value, enumsOf),
        _ => throw new InvalidOperationException($"A key part of type {part.GetType()} is not known."),
    });

    /// <summary>Writes the method which appends an enum by its names.</summary>
    public static void EmitEnum(SourceWriter writer, KeyEnumModel model)
    {
        using var method = writer.Block($"internal static void {model.MethodName}(ref {RuntimeNames.Code.KeyWriter} key, {model.Type} value)");
        using var body = writer.Block("switch (value)");
        foreach (var member in model.Members)
        {
            writer.Line($"case {member.Expression}:");
            writer.Line($"    key.AppendLiteral({CodeText.Utf8(member.Name)});");
            writer.Line("    break;");
        }

        writer.Line("default:");
        writer.Line($"    key.Append(({model.UnderlyingType})value);");
        writer.Line("    break;");
    }

    private static string Fixed(KeyModel key) => string.Concat(key.Parts.Select(static part => ((LiteralKeyPart)part).Text));

    private static string Statement(string writerName, ValueKeyPart part, string enumsOf)
    {
        var delimiter = part.Delimiter == 0 ? "" : $", delimiter: {CodeText.Byte(part.Delimiter)}";
        var format = part.Format is null ? "" : $", {CodeText.String(part.Format)}";
        var bound = part.Bound is { } limit ? FormattableString.Invariant($", maxLength: {limit.MaxLength}, {CodeText.String(limit.Name)}") : "";
        return part.Form switch
        {
            KeyPartForm.EnumName => $"{enumsOf}{part.EnumMethod}(ref {writerName}, {part.Expression});",
            KeyPartForm.Character => $"{writerName}.Append(({RuntimeNames.Code.CharSpan})[{part.Expression}]{delimiter});",
            _ => $"{writerName}.Append({part.Expression}{bound}{format}{delimiter});",
        };
    }
}
