using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the static fields with the near options of a client's methods.</summary>
internal static class NearEmitter
{
    private const long Second = 1_000;

    /// <summary>The field that holds the options; null where nothing is kept.</summary>
    public static string? FieldName(ClientModel client, NearModel near) => near.IsOn ? client.Near.First(field => field.Near == near).Name : null;

    /// <summary>Writes a field.</summary>
    public static void Emit(SourceWriter writer, NearField field)
    {
        var near = field.Near;
        using var body = writer.Block($"private static readonly {RuntimeNames.Code.NearOptions} {field.Name} = new()", ";");
        writer.Line($"Duration = {Time(near.Duration)},");
        if (near.Revalidate > 0)
        {
            writer.Line($"Revalidate = {Time(near.Revalidate)},");
        }

        if (near.Stale > 0)
        {
            writer.Line($"Stale = {OptionsEmitter.Time(near.Stale)},");
        }

        if (near.SharesValues)
        {
            writer.Line("SharesValues = true,");
        }
    }

    /// <summary>Writes a field that finds values by arguments.</summary>
    public static void EmitIndex(SourceWriter writer, ClientModel client, NearIndexField field)
    {
        var index = field.Index;
        writer.Line($"private readonly {RuntimeNames.Code.NearIndex}<{index.Arguments}, {index.ValueType}> {field.Name} = new(pool, {index.Codec}, {FieldName(client, index.Near)});");
    }

    /// <summary>Writes the shortest way of a read, by its arguments, and the key for the longer one.</summary>
    /// <returns>The key for the longer way.</returns>
    public static string EmitTake(SourceWriter writer, ClientModel client, MethodModel method, NearIndexModel index, string key)
    {
        var name = client.NearIndexes.First(field => field.Index == index).Name;
        var arguments = NearIndexModel.Tuple(method.Key.Parameters.Select(static parameter => parameter.Name));
        using (writer.Block($"if ({name}.TryTake({arguments}, {method.Arguments.CancellationToken ?? "default"}, out {index.ValueType} {method.NearName}))"))
        {
            writer.Line($"return new({method.NearName});");
        }

        writer.Line();
        writer.Line($"{RuntimeNames.Code.ReadOnlyByteSpan} {method.KeyName} = {key};");
        writer.Line($"{name}.Learn({arguments}, {method.KeyName});");
        return method.KeyName;
    }

    /// <summary>A time as an expression.</summary>
    public static string Time(long milliseconds) => milliseconds % Second == 0
        ? OptionsEmitter.Time(milliseconds / Second)
        : FormattableString.Invariant($"{RuntimeNames.Code.TimeSpan}.FromMilliseconds({milliseconds})");
}
