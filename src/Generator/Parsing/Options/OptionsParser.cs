using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Options;

/// <summary>Reads how values are kept from an attribute, and checks what is said there.</summary>
/// <param name="context">The interface.</param>
/// <param name="owner">What has the attribute, for messages.</param>
/// <param name="attribute">The attribute.</param>
internal sealed class OptionsParser(ClientContext context, string owner, AttributeReader attribute)
{
    // What memcached reads as a time from now on: 30 days.
    private const long LongestRelative = 30 * 24 * 60 * 60;

    // In milliseconds, as the runtime takes them.
    private const long ShortestNear = 100;
    private const long LongestNear = 24 * 60 * 60 * 1_000;

    /// <summary>Whether something cannot be read, which was reported.</summary>
    public bool HasMistakes { get; private set; }

    /// <summary>The options: those of the attribute, and for all others the interface's.</summary>
    public OptionsModel Parse()
    {
        var defaults = context.Options;
        return new OptionsModel(
            ReadDuration(OptionNames.Expires, "leave out Expires for values that do not expire") ?? defaults.Expires,
            ReadShortDuration(OptionNames.Stale) ?? defaults.Stale,
            ReadShortDuration(OptionNames.FailSafe) ?? defaults.FailSafe,
            ReadShortDuration(OptionNames.LeaseTime, "a lease must be held for some time") ?? defaults.LeaseTime,
            ReadShortDuration(OptionNames.LeaseWait) ?? defaults.LeaseWait,
            ReadJitter() ?? defaults.Jitter,
            attribute.Named(OptionNames.CacheNull) as bool? ?? defaults.CacheNull)
        {
            Audit = ReadAudit() ?? defaults.Audit,
            Near = new NearModel(ReadNear(OptionNames.Near) ?? defaults.Near.Duration, ReadNear(OptionNames.NearRevalidate) ?? defaults.Near.Revalidate),
        };
    }

    /// <summary>Reports what is set, but has no effect.</summary>
    /// <param name="user">The operation, for messages.</param>
    /// <param name="used">The options that it uses.</param>
    public void ReportUnused(string user, IReadOnlyCollection<string> used)
    {
        foreach (var name in OptionNames.All.Where(name => attribute.Named(name) is not null and not false && !used.Contains(name)))
        {
            ReportUseless(name, $"{user} does not use it", "remove it");
        }
    }

    /// <summary>Options that create values, without what cannot have an effect; reports what was to have one.</summary>
    /// <param name="options">The options.</param>
    /// <param name="value">The type of the value.</param>
    /// <param name="codec">Its codec; null where it has none, which is reported.</param>
    public OptionsModel CheckCreating(OptionsModel options, ITypeSymbol value, CodecReference? codec)
    {
        if (options.Stale == 0 && attribute.Named(OptionNames.FailSafe) is not null && options.FailSafe > 0)
        {
            ReportFailSafeWithoutStale();
        }

        var canBeNull = value.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || (value.IsReferenceType && value.NullableAnnotation != NullableAnnotation.NotAnnotated);
        var canStoreNull = codec is { IsBuiltIn: false };
        if (attribute.Named(OptionNames.CacheNull) is true && codec is not null)
        {
            CheckNull(TypeText.Message(value), canBeNull, canStoreNull);
        }

        return options with { FailSafe = options.Stale == 0 ? 0 : options.FailSafe, CacheNull = canBeNull && canStoreNull && options.CacheNull };
    }

    /// <summary>Reports what was to change an expiry that there is not.</summary>
    /// <param name="used">The options that the operation uses.</param>
    public void ReportWithoutExpiry(IReadOnlyCollection<string> used)
    {
        foreach (var name in OptionNames.OfExpiry.Where(name => attribute.Named(name) is not null && used.Contains(name)))
        {
            ReportUseless(name, "the value does not expire", $"add Expires, or remove {name}");
        }
    }

    /// <summary>Reports that the attribute's <c>FailSafe</c> needs stale values, and there are none.</summary>
    public void ReportFailSafeWithoutStale() =>
        ReportNoStale(attribute.NamedLocation(OptionNames.FailSafe), $"FailSafe of '{owner}' returns a stale value when create fails");

    /// <summary>Reports that something needs stale values, and there are none.</summary>
    /// <param name="location">What needs them.</param>
    /// <param name="reason">What needs them, and for what.</param>
    public void ReportNoStale(Location location, string reason) => context.Diagnostics.Report(Rules.StaleMissing, location, reason);

    private void ReportUseless(string name, string reason, string fix) =>
        context.Diagnostics.Report(Rules.OptionUseless, attribute.NamedLocation(name), name, owner, reason, fix);

    private void CheckNull(string type, bool canBeNull, bool canStoreNull)
    {
        if (!canBeNull)
        {
            ReportUseless(OptionNames.CacheNull, $"'{type}' is never null", $"make it '{type}?', or remove CacheNull");
        }
        else if (!canStoreNull)
        {
            context.Diagnostics.Report(Rules.NullNotStored, attribute.NamedLocation(OptionNames.CacheNull), type, owner);
        }
    }

    private long? ReadShortDuration(string name, string? fix = null) => ReadDuration(name, fix, LongestRelative);

    private long? ReadDuration(string name, string? fix, long? longest = null)
    {
        if (attribute.Named(name) is not string text)
        {
            return null;
        }

        var seconds = Duration.Parse(text, fix, out var mistake);
        ReportMistake(Rules.DurationNotValid, name, text, mistake ?? (seconds > longest ? $"{name} can be at most 30 days" : null));
        return seconds;
    }

    // What never goes to a server need not be whole seconds.
    private long? ReadNear(string name)
    {
        if (attribute.Named(name) is not string text)
        {
            return null;
        }

        var milliseconds = Duration.ParseMilliseconds(text, out var mistake);
        ReportMistake(Rules.DurationNotValid, name, text, mistake ?? milliseconds switch
        {
            > 0 and < ShortestNear => $"{name} has to be at least 100ms",
            > LongestNear => $"{name} can be at most 1 day",
            _ => null,
        });
        return milliseconds;
    }

    private double? ReadAudit()
    {
        if (attribute.Named(OptionNames.Audit) is not double share)
        {
            return null;
        }

        ReportMistake(Rules.PartNotValid, OptionNames.Audit, share.ToString("R", CultureInfo.InvariantCulture), share switch
        {
            >= 0 and <= 1 => null,
            > 1 => "no more hits than all can be audited",
            _ => "it is no share of the hits",
        }, "Audit", "0.001");
        return share;
    }

    private decimal? ReadJitter()
    {
        if (attribute.Named(OptionNames.Jitter) is not string text)
        {
            return null;
        }

        var jitter = Jitter.Parse(text, out var mistake);
        ReportMistake(Rules.PartNotValid, OptionNames.Jitter, text, mistake, "jitter", "10%");
        return jitter;
    }

    private void ReportMistake(DiagnosticDescriptor rule, string name, string text, string? mistake, params string[] rest)
    {
        if (mistake is not null)
        {
            HasMistakes = true;
            context.Diagnostics.Report(rule, attribute.NamedLocation(name), [text, mistake, .. rest]);
        }
    }
}
