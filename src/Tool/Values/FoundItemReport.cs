using System.Globalization;
using Spectre.Console;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Values;

/// <summary>An item for people.</summary>
/// <param name="console">Where it is shown.</param>
internal sealed class FoundItemReport(IAnsiConsole console)
{
    /// <summary>Shows it.</summary>
    public void Write(FoundItem item)
    {
        var table = new Table().HideHeaders().AddColumn("").AddColumn("");
        foreach (var (name, text) in Rows(item))
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(text));
        }

        console.Write(table);
        if (item.State.Lease != LeaseState.Placeholder)
        {
            console.Write(ValueTree.Of(item.Value.Node));
        }

        WriteMisfits(item.Value.Misfits);
    }

    private void WriteMisfits(IReadOnlyList<Misfit> misfits)
    {
        if (misfits.Count == 0)
        {
            return;
        }

        console.WriteLine(misfits.Count == 1 ? "In one place it does not fit the contract:" : $"In {Shown.Count(misfits.Count)} places it does not fit the contract:");
        foreach (var misfit in misfits.Take(10))
        {
            console.WriteLine(Shown.Printable($"  {misfit.Path}: {misfit.Reason}"));
        }

        if (misfits.Count > 10)
        {
            console.WriteLine($"  and {Shown.Count(misfits.Count - 10)} more; --json shows all");
        }
    }

    private static IEnumerable<(string Name, string Text)> Rows(FoundItem item)
    {
        var (state, value) = (item.State, item.Value);
        yield return ("key", item.WireKey);
        if (item.Pattern is { } pattern)
        {
            yield return ("pattern", pattern.Text);
        }

        yield return ("server", state.Server.Name);
        yield return ("flags", string.Create(CultureInfo.InvariantCulture, $"0x{value.Flags:X} ({value.Kind})"));
        yield return ("size", Size(item));
        yield return ("time to live", TimeToLive(item));
        yield return ("last access", state.LastAccess is { } ago ? $"{Shown.Time(ago)} ago{(state.WasRead == false ? ", not read since it was written" : "")}" : "not known");
        yield return ("CAS", state.Cas is { } cas ? cas.ToString(CultureInfo.InvariantCulture) : "not known");
        yield return ("lease", Lease(state.Lease));
        if (value.Unreadable is { } reason)
        {
            yield return ("not readable", Shown.Printable(reason));
        }

        if (value.Tags is { } tags)
        {
            yield return ("tags", Tags(tags, item.TemplateTags));
        }
    }

    private static string Size(FoundItem item)
    {
        var value = $"{Shown.Count(item.Value.Size)} bytes";
        return item.State.Size is { } whole ? $"{value}, {Shown.Count(whole)} on the server with key and header" : value;
    }

    private static string TimeToLive(FoundItem item) => item.State.TimeToLive switch
    {
        null => "not known",
        < 0 => "no limit",
        { } seconds when StaleFor(item) is { } stale && seconds < stale => $"{Shown.Time(seconds)}, as a stale value: it expired {Shown.Time(stale - seconds)} ago",
        { } seconds when StaleFor(item) is { } stale => $"{Shown.Time(seconds)}, the last {Shown.Time(stale)} of it as a stale value",
        { } seconds => Shown.Time(seconds),
    };

    // For how long the item lives on behind its own time.
    private static long? StaleFor(FoundItem item) =>
        item.Pattern?.Key?.Stale is { } text && DurationText.TryParse(text, out var time) && time > TimeSpan.Zero ? (long)time.TotalSeconds : null;

    private static string Lease(LeaseState state) => state switch
    {
        LeaseState.None => "free",
        LeaseState.Stale => "free; the value is stale, and the next reader is to create it anew",
        LeaseState.StaleAndTaken => "taken; the value is stale, and somebody is creating it anew",
        LeaseState.Taken => "taken; somebody is creating the value anew",
        LeaseState.Placeholder => "taken; there is no value yet, somebody is creating it",
        _ => "not known",
    };

    private static string Tags(StoredTags tags, IReadOnlyList<string> template)
    {
        var named = tags.Keyed.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key} at version {tag.Value}"));
        var others = tags.Versions.Select((version, i) => string.Create(CultureInfo.InvariantCulture, $"{template.ElementAtOrDefault(i) ?? "(one of its template)"} at version {version}"));
        return string.Join('\n', named.Concat(others));
    }
}
