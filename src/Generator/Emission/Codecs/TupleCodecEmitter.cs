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
        writer.Line("int count = reader.ReadArrayHeader();");
        EmitLengthCheck(writer, codec.TypeName, codec.Items.Count);
        writer.Line(MessagePackNames.Enter);
        var items = codec.Items.Select(static item => ValueFormText.Read(item.Form)).ToArray();
        writer.Line($"{MemberText.Parenthesized($"{codec.TypeName} result = new {codec.CreatedType ?? codec.TypeName}", items)};");
        writer.Line(MessagePackNames.Leave);
        writer.Line("return result;");
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
}
