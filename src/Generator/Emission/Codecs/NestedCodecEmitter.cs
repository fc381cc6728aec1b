using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class NestedCodecEmitter
{
    public static void EmitField(SourceWriter writer, NestedCodecModel codec)
    {
        writer.Line($"private static readonly {RuntimeNames.Code.Codec}<{codec.TypeName}> Codec = {codec.Codec};");
        writer.Line();
    }

    public static void EmitWrite(SourceWriter writer) => writer.Line($"{MessagePackNames.Nested}.Write(ref writer, Codec, value);");

    public static void EmitRead(SourceWriter writer) => writer.Line($"return {MessagePackNames.Nested}.Read(ref reader, Codec);");
}
