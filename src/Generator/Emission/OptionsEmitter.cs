using System.Globalization;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Emission;

/// <summary>Writes the static fields with the options of a client's methods.</summary>
internal static class OptionsEmitter
{
    /// <summary>The field that holds the options.</summary>
    public static string FieldName(ClientModel client, OptionsModel options) => client.Options.First(field => field.Options == options).Name;

    /// <summary>Writes a field.</summary>
    public static void Emit(SourceWriter writer, ClientModel client, OptionsField field)
    {
        var header = $"private static readonly {RuntimeNames.Code.Options} {field.Name} = new()";
        var properties = Properties(client, field.Options).ToArray();
        if (properties.Length == 0)
        {
            writer.Line($"{header};");
            return;
        }

        using var body = writer.Block(header, ";");
        foreach (var (name, value) in properties)
        {
            writer.Line($"{name} = {value},");
        }
    }

    /// <summary>A jitter as a part from 0 to 1.</summary>
    public static string Jitter(decimal jitter) => Number((double)jitter);

    /// <summary>A time as an expression.</summary>
    public static string Time(long seconds) => FormattableString.Invariant($"{RuntimeNames.Code.TimeSpan}.FromSeconds({seconds})");

    private static IEnumerable<(string Name, string Value)> Properties(ClientModel client, OptionsModel options)
    {
        if (options.Expires is { } expires)
        {
            yield return (OptionNames.Expires, CallEmitter.FixedExpiry(expires));
        }

        foreach (var (name, seconds) in Times(options))
        {
            if (seconds is { } time)
            {
                yield return (name, Time(time));
            }
        }

        if (options.Jitter > 0)
        {
            yield return (OptionNames.Jitter, Jitter(options.Jitter));
        }

        if (options.Audit > 0)
        {
            yield return (OptionNames.Audit, Number(options.Audit));
        }

        if (options.CacheNull)
        {
            yield return (OptionNames.CacheNull, "true");
        }

        if (NearEmitter.FieldName(client, options.Near) is { } near)
        {
            yield return (OptionNames.Near, near);
        }
    }

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, long? Seconds)> Times(OptionsModel options) =>
    [
        (OptionNames.Stale, NullIfZero(options.Stale)),
        (OptionNames.FailSafe, NullIfZero(options.FailSafe)),
        (OptionNames.LeaseTime, options.LeaseTime),
        (OptionNames.LeaseWait, options.LeaseWait),
    ];

    private static long? NullIfZero(long seconds) => seconds == 0 ? null : seconds;
}
