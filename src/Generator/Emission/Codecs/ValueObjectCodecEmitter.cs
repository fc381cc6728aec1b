using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class ValueObjectCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, ValueObjectCodecModel codec) =>
        writer.Line(ValueFormText.Write(codec.Inside, codec.Unwrap.Replace(ValueObjectCodecModel.Placeholder, "value")));

    public static void EmitRead(SourceWriter writer, ValueObjectCodecModel codec) =>
        writer.Line($"return {codec.Wrap.Replace(ValueObjectCodecModel.Placeholder, ValueFormText.Read(codec.Inside))};");
}
