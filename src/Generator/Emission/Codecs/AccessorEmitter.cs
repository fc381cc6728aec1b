using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Emission.Codecs;

internal static class AccessorEmitter
{
    public static void Emit(SourceWriter writer, ObjectCodecModel codec)
    {
        AccessorModel? previous = null;
        foreach (var accessor in codec.Accessors.Where(accessor => accessor.Holder is null))
        {
            writer.Line();
            Emit(writer, accessor, previous, "private");
            previous = accessor;
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
            AccessorModel? previous = null;
            foreach (var accessor in accessors)
            {
                if (previous is not null)
                {
                    writer.Line();
                }

                Emit(writer, accessor, previous, "public");
                previous = accessor;
            }
        }
    }

    // A reason stands in front of the first of several in a row that have it.
    private static void Emit(SourceWriter writer, AccessorModel accessor, AccessorModel? previous, string accessibility)
    {
        if (previous is null || Reason(previous) != Reason(accessor))
        {
            writer.Line("// " + Reason(accessor));
        }

        var name = accessor.Target is { } target ? $", Name = \"{target}\"" : "";
        writer.Line($"[{MessagePackNames.Accessor}({MessagePackNames.AccessorKind}.{accessor.Kind.ToString()}{name})]");
        writer.Line($"{accessibility} static extern {accessor.ReturnType} {accessor.Method}({accessor.Parameters});");
    }

    private static string Reason(AccessorModel accessor) => accessor switch
    {
        { IsPrivate: true } => "The type stores what is not public as well.",
        { Kind: AccessorKind.Constructor } => "The required members are set from the payload, not by an object initializer.",
        { Kind: AccessorKind.Field } => "The type stores its readonly fields as well.",
        _ => "C# allows init only where an object is made; called later, a missing key keeps the initializer's value.",
    };
}
