using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class ObjectWriteEmitter
{
    /// <summary>Longer runs of unused keys are written by a loop.</summary>
    private const int LongestSpelledOutHole = 3;

    public static void Emit(SourceWriter writer, ObjectCodecModel codec)
    {
        if (codec.BeforeWrite is { } beforeWrite)
        {
            writer.Line(beforeWrite + ";");
        }

        if (codec.KeyedByName)
        {
            EmitMap(writer, codec);
        }
        else
        {
            EmitArray(writer, codec);
        }
    }

    private static void EmitMap(SourceWriter writer, ObjectCodecModel codec)
    {
        writer.Line($"writer.WriteMapHeader({codec.Members.Count(member => member.IsWritten)});");
        foreach (var member in codec.Members.Where(member => member.IsWritten))
        {
            writer.Line($"writer.WriteString({Utf8Literal.Of(member.Key)});");
            writer.Line(ValueFormText.Write(member.Form, MemberAccess.Get(codec, member)));
        }
    }

    private static void EmitArray(SourceWriter writer, ObjectCodecModel codec)
    {
        var written = codec.Members.Where(member => member.IsWritten).ToList();
        writer.Line($"writer.WriteArrayHeader({(written.Count == 0 ? 0 : written[written.Count - 1].Index + 1)});");
        var next = 0;
        foreach (var member in written)
        {
            EmitHole(writer, next, member.Index);
            writer.Line(ValueFormText.Write(member.Form, MemberAccess.Get(codec, member)));
            next = member.Index + 1;
        }
    }

    private static void EmitHole(SourceWriter writer, int from, int to)
    {
        if (to - from > LongestSpelledOutHole)
        {
            using (writer.Block($"for (int key = {from}; key < {to}; key++)"))
            {
                writer.Line("writer.WriteNil();");
            }

            writer.Line();
            return;
        }

        for (var key = from; key < to; key++)
        {
            writer.Line("writer.WriteNil();");
        }
    }
}
