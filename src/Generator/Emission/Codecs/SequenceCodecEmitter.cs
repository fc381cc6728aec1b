using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class SequenceCodecEmitter
{
    public static void EmitWrite(SourceWriter writer, SequenceCodecModel codec)
    {
        var shape = codec.Shape;
        if (shape.IsAbsent is { } isAbsent)
        {
            CodecEmitter.EmitNilWhen(writer, isAbsent);
        }

        var items = shape.Source;
        if (items != "value")
        {
            writer.Line($"{shape.SourceType ?? ArrayText.TypeOf(codec.ElementType)} items = {items};");
            items = "items";
        }

        writer.Line($"writer.WriteArrayHeader({items}.{shape.Count});");
        using (writer.Block($"foreach ({codec.ElementType} item in {items})"))
        {
            writer.Line(ValueFormText.Write(codec.Element, "item"));
        }
    }

    public static void EmitRead(SourceWriter writer, SequenceCodecModel codec)
    {
        var shape = codec.Shape;
        if (shape.IsAbsent is not null)
        {
            CodecEmitter.EmitReturnOnNil(writer, "default");
        }

        writer.Line(MessagePackNames.Enter);
        writer.Line("int count = reader.ReadArrayHeader();");
        writer.Line(shape.Filling == Filling.Collection
            ? $"{shape.CreatedType} items = {shape.Create};"
            : $"{ArrayText.TypeOf(codec.ElementType)} items = {ArrayText.Create(codec.ElementType, "count")};");
        using (writer.Block(shape.Filling == Filling.ReversedArray
            ? "for (int index = count - 1; index >= 0; index--)"
            : "for (int index = 0; index < count; index++)"))
        {
            var read = ValueFormText.Read(codec.Element);
            writer.Line(shape.Filling == Filling.Collection ? $"items.{shape.Add}({read});" : $"items[index] = {read};");
        }

        writer.Line();
        writer.Line(MessagePackNames.Leave);
        writer.Line($"return {shape.Result};");
    }
}
