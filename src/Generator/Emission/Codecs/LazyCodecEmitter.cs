using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class LazyCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, LazyCodecModel codec) =>
        writer.Line(ValueFormText.Write(codec.Underlying, "value.Value"));

    public static void EmitRead(SourceWriter writer, LazyCodecModel codec)
    {
        writer.Line(MessagePackNames.Enter);
        writer.Line($"{codec.TypeName} result = new({ValueFormText.Read(codec.Underlying)});");
        writer.Line(MessagePackNames.Leave);
        writer.Line("return result;");
    }
}
