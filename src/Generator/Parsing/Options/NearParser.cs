using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Options;

/// <summary>Checks how values are to be kept in the process, once it is read.</summary>
/// <param name="context">The interface.</param>
/// <param name="owner">What has the attribute, for messages.</param>
/// <param name="attribute">The attribute.</param>
internal sealed class NearParser(ClientContext context, string owner, AttributeReader attribute)
{
    /// <summary>The near options of a member that reads values.</summary>
    /// <param name="options">All its options.</param>
    /// <param name="expires">When its values expire, in seconds; null where that is never or not known yet.</param>
    /// <param name="value">The type of the value.</param>
    /// <param name="codec">Its codec; null where it has none, which is reported.</param>
    /// <param name="location">Where the type is written.</param>
    public NearModel Parse(OptionsModel options, long? expires, ITypeSymbol value, CodecReference? codec, Location location)
    {
        var near = options.Near;
        CheckRevalidate(near);
        CheckExpires(near, expires);
        return near.IsOn && codec is not null
            ? near with { Stale = options.Stale, SharesValues = context.SharedValues.CheckShared(value, codec, location) }
            : NearModel.None;
    }

    /// <summary>Checks what an interface says for all its members. That one of them has <c>Near</c> can only be seen later.</summary>
    public void CheckDefaults(OptionsModel options)
    {
        if (options.Near.IsOn)
        {
            CheckRevalidate(options.Near);
            CheckExpires(options.Near, options.Expires);
        }
    }

    /// <summary>What all members of the key should agree on; null where the member goes past what is kept on purpose.</summary>
    public NearModel? Agreed(NearModel near) => near.IsOn || !IsSet(OptionNames.Near) ? new NearModel(near.Duration, near.Revalidate) : null;

    /// <summary>Reports that there is a <c>NearRevalidate</c>, but nothing is kept.</summary>
    public void ReportRevalidateAlone(NearModel near) =>
        ReportRevalidate(OptionNames.NearRevalidate, near, "Near is not set", "add Near, or remove NearRevalidate");

    // That of the interface is for those members that have Near.
    private void CheckRevalidate(NearModel near)
    {
        if (near is { IsOn: false, Revalidate: > 0 } && IsSet(OptionNames.NearRevalidate))
        {
            ReportRevalidateAlone(near);
        }
        else if (near is { IsOn: true, Revalidate: > 0 } && near.Revalidate <= near.Duration && FirstSet(OptionNames.NearRevalidate, OptionNames.Near) is { } name)
        {
            ReportRevalidate(name, near, $"Near is {Duration.TextOfMilliseconds(near.Duration)}", "make it longer than Near, or remove it");
        }
    }

    private void CheckExpires(NearModel near, long? expires)
    {
        const long Second = 1_000;
        if (near.IsOn && near.Duration >= expires * Second && FirstSet(OptionNames.Near, OptionNames.Expires) is { } name)
        {
            context.Diagnostics.Report(
                Rules.NearNotShorter, attribute.NamedLocation(name), owner, Duration.TextOfMilliseconds(near.Duration), Duration.Text(expires!.Value));
        }
    }

    private void ReportRevalidate(string name, NearModel near, string reason, string fix) => context.Diagnostics.Report(
        Rules.NearRevalidateTooShort, attribute.NamedLocation(name), owner, Duration.TextOfMilliseconds(near.Revalidate), reason, fix);

    // What the interface says of both was reported there.
    private string? FirstSet(params string[] names) => Array.Find(names, IsSet);

    private bool IsSet(string name) => attribute.Named(name) is not null;
}
