using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class GridCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, GridCodecModel codec)
    {
        writer.Line($"writer.WriteArrayHeader({codec.Rank + 1});");
        for (var dimension = 0; dimension < codec.Rank; dimension++)
        {
            writer.Line($"writer.Write(value.GetLength({dimension}));");
        }

        writer.Line("writer.WriteArrayHeader(value.Length);");
        using (writer.Block($"foreach ({codec.ElementType} item in value)"))
        {
            writer.Line(ValueFormText.Write(codec.Element, "item"));
        }
    }

    public static void EmitRead(SourceWriter writer, GridCodecModel codec)
    {
        var lengths = Enumerable.Range(0, codec.Rank).Select(dimension => $"length{dimension}").ToList();
        writer.Line("int count = reader.ReadArrayHeader();");
        TupleCodecEmitter.EmitLengthCheck(writer, codec.TypeName, codec.Rank + 1);
        foreach (var length in lengths)
        {
            writer.Line($"int {length} = reader.ReadInt32();");
        }

        writer.Line(MessagePackNames.Enter);
        writer.Line("count = reader.ReadArrayHeader();");
        writer.Line($"{MessagePackNames.Limits}.CheckGrid(count, {string.Join(", ", lengths)});");
        writer.Line($"{codec.TypeName} items = {ArrayText.Create(codec.ElementType, string.Join(", ", lengths))};");
        EmitLoops(writer, codec, 0);
        writer.Line();
        writer.Line(MessagePackNames.Leave);
        writer.Line("return items;");
    }

    private static void EmitLoops(SourceWriter writer, GridCodecModel codec, int dimension)
    {
        if (dimension == codec.Rank)
        {
            var place = string.Join(", ", Enumerable.Range(0, codec.Rank).Select(index => $"index{index}"));
            writer.Line($"items[{place}] = {ValueFormText.Read(codec.Element)};");
            return;
        }

        using (writer.Block($"for (int index{dimension} = 0; index{dimension} < length{dimension}; index{dimension}++)"))
        {
            EmitLoops(writer, codec, dimension + 1);
        }
    }
}
