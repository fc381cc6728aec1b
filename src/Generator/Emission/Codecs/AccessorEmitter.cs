using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class AccessorEmitter
{
    public static void Emit(SourceWriter writer, ObjectCodecModel codec)
    {
        foreach (var accessor in codec.Accessors.Where(accessor => accessor.Holder is null))
        {
            writer.Line();
            Emit(writer, accessor, "private");
        }

        foreach (var group in codec.Accessors.Where(accessor => accessor.Holder is not null).GroupBy(accessor => accessor.Holder!))
        {
            writer.Line();
            EmitHolder(writer, group.Key, group);
        }
    }

    private static void EmitHolder(SourceWriter writer, GenericHolder holder, IEnumerable<AccessorModel> accessors)
    {
        var header = $"private static class {holder.Name}{holder.Parameters}";
        using (writer.Block(string.Join("\n    ", new[] { header }.Concat(holder.Constraints))))
        {
            var isFirst = true;
            foreach (var accessor in accessors)
            {
                if (!isFirst)
                {
                    writer.Line();
                }

                isFirst = false;
                Emit(writer, accessor, "public");
            }
        }
    }

    private static void Emit(SourceWriter writer, AccessorModel accessor, string accessibility)
    {
        writer.Line(accessor.Target is null
            ? "// The required members are set from the payload, not by an object initializer."
            : "// C# allows init only where an object is made; called later, a missing key keeps the initializer's value.");
        writer.Line(accessor.Target is { } target
            ? $"[{MessagePackNames.Accessor}({MessagePackNames.AccessorKind}.Method, Name = \"{target}\")]"
            : $"[{MessagePackNames.Accessor}({MessagePackNames.AccessorKind}.Constructor)]");
        writer.Line($"{accessibility} static extern {accessor.ReturnType} {accessor.Method}({accessor.Parameters});");
    }
}
