using System.CommandLine;

namespace TypedCache.Tool.Output;

/// <summary>An option that is a duration, such as <c>10s</c> or <c>1h30m</c>.</summary>
internal sealed class DurationOption
{
    // Timers go no further than 2^32 - 2 ms, which is less than 50 days.
    private const int LongestDays = 49;

    /// <summary>Makes one, which takes no more than 49 days.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="standard">What holds where it is not given; null: nothing.</param>
    /// <param name="shortest">The shortest one that is taken.</param>
    public DurationOption(string name, string description, string? standard, TimeSpan shortest)
    {
        Option = new Option<string?>(name) { Description = description, HelpName = "time" };
        if (standard is not null)
        {
            Option.DefaultValueFactory = _ => standard;
        }

        Option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && (!DurationText.TryParse(text, out var duration) || duration < shortest || duration > TimeSpan.FromDays(LongestDays)))
            {
                result.AddError($"{name} has to be a time from {shortest.TotalMilliseconds}ms to {LongestDays}d, such as 500ms, 10s or 1h30m.");
            }
        });
    }

    /// <summary>The option.</summary>
    public Option<string?> Option { get; }

    /// <summary>What is given; null: nothing.</summary>
    public TimeSpan? ValueOrNone(ParseResult parsed) => parsed.GetValue(Option) is { } text && DurationText.TryParse(text, out var duration) ? duration : null;

    /// <summary>What holds.</summary>
    public TimeSpan Value(ParseResult parsed) => ValueOrNone(parsed)!.Value;
}
