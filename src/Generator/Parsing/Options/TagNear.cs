using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Options;

/// <summary>Reads for how long a process keeps the versions of tags.</summary>
internal static class TagNear
{
    public const string Name = "TagNear";

    // What the runtime's NearOptions takes.
    private const long Shortest = 100;
    private const long Longest = 24 * 60 * 60 * 1000;

    /// <summary>The time in milliseconds, 0 for none; null where nothing is said, or what cannot be, which is reported.</summary>
    /// <param name="context">The interface.</param>
    /// <param name="attribute">Its attribute.</param>
    public static long? Read(ClientContext context, AttributeReader attribute)
    {
        if (attribute.Named(Name) is not string text)
        {
            return null;
        }

        var time = Duration.ParseMilliseconds(text, out var mistake);
        mistake ??= time switch
        {
            > 0 and < Shortest => $"{Name} is at least 100ms, or 0s to ask for versions each time",
            > Longest => $"{Name} can be at most 1 day",
            _ => null,
        };
        if (mistake is not null)
        {
            context.Diagnostics.Report(Rules.DurationNotValid, attribute.NamedLocation(Name), text, mistake);
        }

        return mistake is null ? time : null;
    }
}
