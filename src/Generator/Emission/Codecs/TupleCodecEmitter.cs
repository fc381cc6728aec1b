using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class TupleCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, TupleCodecModel codec)
    {
        writer.Line($"writer.WriteArrayHeader({codec.Items.Count});");
        foreach (var item in codec.Items)
        {
            writer.Line(ValueFormText.Write(item.Form, item.Value ?? "value." + item.Member));
        }
    }

    public static void EmitRead(SourceWriter writer, TupleCodecModel codec)
    {
        writer.Line("var count = reader.ReadArrayHeader();");
        EmitLengthCheck(writer, codec.TypeName, codec.Items.Count);
        writer.Line(MessagePackNames.Enter);
        foreach (var item in codec.Items)
        {
            writer.Line($"var {Local(item)} = {ValueFormText.Read(item.Form)};");
        }

        writer.Line(MessagePackNames.Leave);
        writer.Line($"return new {codec.CreatedType ?? codec.TypeName}({string.Join(", ", codec.Items.Select(Local))});");
    }

    /// <summary>Throws unless <c>count</c> is the length that the type has.</summary>
    internal static void EmitLengthCheck(SourceWriter writer, string typeName, int length)
    {
        var name = typeName.Replace("global::", "");
        using (writer.Block($"if (count != {length})"))
        {
            writer.Line($"throw {MessagePackNames.Limits}.WrongLength(\"{name}\", {length}, count);");
        }

        writer.Line();
    }

    private static string Local(TupleItem item) => char.ToLowerInvariant(item.Member[0]) + item.Member.Substring(1);
}
