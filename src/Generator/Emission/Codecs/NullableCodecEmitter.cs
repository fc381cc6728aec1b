using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class NullableCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, NullableCodecModel codec)
    {
        CodecEmitter.EmitNilWhen(writer, "value is null");
        writer.Line(ValueFormText.Write(codec.Underlying, "value.GetValueOrDefault()"));
    }

    public static void EmitRead(SourceWriter writer, NullableCodecModel codec)
    {
        CodecEmitter.EmitReturnOnNil(writer, "null");
        writer.Line($"return {ValueFormText.Read(codec.Underlying)};");
    }
}
