using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the method that appends an enum to a key by its names.</summary>
internal static class KeyEnumEmitter
{
    public static void Emit(SourceWriter writer, KeyEnumModel model)
    {
        writer.Line("/// <summary>Appends the name of a value, or its number where it has no name.</summary>");
        using var method = writer.Block($"private static void {model.MethodName}(ref {RuntimeNames.Code.KeyWriter} key, {model.Type} value)");
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
}
