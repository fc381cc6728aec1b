using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class UnionCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, UnionCodecModel codec)
    {
        writer.Line("global::System.Type type = value.GetType();");
        foreach (var @case in codec.Cases)
        {
            using (writer.Block($"if (type == typeof({@case.TypeName}))"))
            {
                writer.Line("writer.WriteArrayHeader(2);");
                writer.Line($"writer.Write({@case.Key});");
                writer.Line(ValueFormText.Write(@case.Form, $"({@case.TypeName})value"));
                writer.Line("return;");
            }

            writer.Line();
        }

        writer.Line("// A type which is not in the union is stored as nil, as MessagePackSerializer stores it.");
        writer.Line("writer.WriteNil();");
    }

    public static void EmitRead(SourceWriter writer, UnionCodecModel codec)
    {
        writer.Line("int count = reader.ReadArrayHeader();");
        TupleCodecEmitter.EmitLengthCheck(writer, codec.TypeName, 2);
        writer.Line(MessagePackNames.Enter);
        writer.Line($"{codec.TypeName}? result = null;");
        using (writer.Block("switch (reader.ReadInt32())"))
        {
            foreach (var @case in codec.Cases)
            {
                writer.Line($"case {@case.Key}:");
                writer.Line($"    result = {ValueFormText.Read(@case.Form)};");
                writer.Line("    break;");
            }

            writer.Line("default:");
            writer.Line("    reader.Skip();");
            writer.Line("    break;");
        }

        writer.Line();
        writer.Line(MessagePackNames.Leave);
        writer.Line("return result;");
    }
}
