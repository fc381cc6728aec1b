using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class DictionaryCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, DictionaryCodecModel codec)
    {
        var items = codec.Shape.Source;
        if (items != "value")
        {
            writer.Line($"{codec.Shape.SourceType} items = {items};");
            items = "items";
        }

        writer.Line($"writer.WriteMapHeader({items}.{codec.Shape.Count});");
        using (writer.Block($"foreach ({codec.PairType} pair in {items})"))
        {
            writer.Line(ValueFormText.Write(codec.Key, "pair.Key"));
            writer.Line(ValueFormText.Write(codec.Value, "pair.Value"));
        }
    }

    public static void EmitRead(SourceWriter writer, DictionaryCodecModel codec)
    {
        writer.Line(MessagePackNames.Enter);
        writer.Line("int count = reader.ReadMapHeader();");
        writer.Line($"{codec.Shape.CreatedType} items = {codec.Shape.Create};");
        using (writer.Block("for (int index = 0; index < count; index++)"))
        {
            writer.Line($"items.{codec.Shape.Add}({ValueFormText.Read(codec.Key)}, {ValueFormText.Read(codec.Value)});");
        }

        writer.Line();
        writer.Line(MessagePackNames.Leave);
        writer.Line($"return {codec.Shape.Result};");
    }
}
