using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TypedCache.Tests.Architecture;
using TypedCache.Tests.Creation;
using static TypedCache.TypedCacheTelemetry;
using LogMessages = TypedCache.Telemetry.LogMessages;

namespace TypedCache.Tests.Telemetry;

/// <summary>docs/telemetry.md and the dashboard say what is emitted.</summary>
[Collection(nameof(ListensToTheMeter))]
public partial class DocumentationTests
{
    private static readonly string Docs = Path.Combine(ArrowTests.FindRoot(), "docs");

    private static readonly Dictionary<string, string[]> Abbreviations = new()
    {
        ["template"] = [Attributes.Client, Attributes.Key],
        ["server"] = [Attributes.ServerAddress, Attributes.ServerPort],
    };

    [Fact]
    public async Task The_table_has_exactly_what_is_emitted()
    {
        using var probe = new MeterProbe();
        await TelemetryScenario.RunAsync(probe);
        await TelemetryScenario.TimeOutAsync();
        await TelemetryScenario.MissDeletesAsync();
        await TelemetryScenario.MoveAsync(probe);
        await TelemetryScenario.KeepNearAsync(probe);
        await TelemetryScenario.AuditAsync();
        await Fleet.UntilAsync(() => probe.Of(Instruments.HandlerFailures).Any() && probe.Of(Instruments.ServerFailures).Any() && probe.Of(Instruments.ConnectionTimeouts).Any());

        var emitted = probe.All.GroupBy(measured => measured.Instrument.Name).ToDictionary(group => group.Key, group => group.ToList());
        var documented = Rows().ToDictionary(row => row.Name);
        Assert.Equal(documented.Keys.Order(StringComparer.Ordinal), emitted.Keys.Order(StringComparer.Ordinal));
        Assert.All(emitted.Values, measured =>
        {
            var (instrument, row) = (measured[0].Instrument, documented[measured[0].Instrument.Name]);
            Assert.Equal(row.Kind, Kind(instrument));
            Assert.Equal(row.Unit, instrument.Unit);
            Assert.False(string.IsNullOrEmpty(instrument.Description), instrument.Name);
            Assert.Equal(
                $"{instrument.Name}: {string.Join(", ", row.Attributes)}",
                $"{instrument.Name}: {string.Join(", ", measured.SelectMany(one => one.Tags.Keys).Where(key => key != Attributes.System).Distinct().Order(StringComparer.Ordinal))}");
        });
        Assert.All(probe.All.Where(measured => measured.Instrument.Name != Instruments.HandlerFailures), measured => Assert.Equal("memcached", measured.Tags[Attributes.System]));
    }

    [Fact]
    public void The_table_of_logs_has_every_event()
    {
        var events = typeof(LogMessages).GetMethods().Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Select(message => (message.EventId, message.Level.ToString()));
        var documented =
            from line in File.ReadLines(Path.Combine(Docs, "telemetry.md"))
            let cells = line.Split('|', StringSplitOptions.TrimEntries)
            where cells.Length == 6 && int.TryParse(cells[1], out _)
            select (int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2]);

        Assert.Equal(events.Order(), documented);
    }

    [Fact]
    public void The_constants_are_the_documented_names()
    {
        var constants = typeof(TypedCacheTelemetry).GetNestedType(nameof(Instruments))!.GetFields().Select(field => (string)field.GetValue(null)!);
        Assert.Equal(Rows().Select(row => row.Name).Order(StringComparer.Ordinal), constants.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_dashboard_asks_for_what_there_is()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Docs, "grafana-dashboard.json")));
        var metrics = Rows().SelectMany(PrometheusNames).ToHashSet();
        var asked = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => MetricName().Matches(Labels().Replace(target.GetProperty("expr").GetString()!, "")))
            .Select(match => match.Value).ToHashSet();

        Assert.Subset(metrics, asked);
        Assert.All(Rows(), row => Assert.True(PrometheusNames(row).Any(asked.Contains), $"{row.Name} is not on the dashboard"));
    }

    [Fact]
    public void The_dashboard_knows_no_other_attributes()
    {
        var text = File.ReadAllText(Path.Combine(Docs, "grafana-dashboard.json"));
        var known = Rows().SelectMany(row => row.Attributes).Append(Attributes.System).Append(Attributes.QuerySummary)
            .Select(name => name.Replace('.', '_')).ToHashSet();
        Assert.Subset(known, Label().Matches(text).Select(match => match.Groups["name"].Value).ToHashSet());
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0];

    // As OpenTelemetry's exporters for Prometheus write them.
    private static IEnumerable<string> PrometheusNames(Row row)
    {
        var unit = row.Unit switch { "s" => "_seconds", "By" => "_bytes", "1" => "_ratio", _ => "" };
        var name = row.Name.Replace('.', '_') + unit;
        return row.Kind switch
        {
            "Histogram" => [$"{name}_bucket", $"{name}_count", $"{name}_sum"],
            "Counter" or "ObservableCounter" => [$"{name}_total"],
            _ => [name],
        };
    }

    private static IEnumerable<Row> Rows() =>
        from line in File.ReadLines(Path.Combine(Docs, "telemetry.md"))
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length == 7 && cells[1].StartsWith("`db.", StringComparison.Ordinal) || cells.Length == 7 && cells[1].StartsWith("`typedcache.", StringComparison.Ordinal)
        select new Row(cells[1].Trim('`'), cells[2], cells[3].Trim('`'), [.. ReadAttributes(cells[4]).Order(StringComparer.Ordinal)]);

    // What stands in parentheses is when there is one.
    private static IEnumerable<string> ReadAttributes(string cell) => Parentheses().Replace(cell, "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(name => Abbreviations.GetValueOrDefault(name) ?? [name.Trim('`')]);

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"\b(?:db_client|typedcache)_\w+")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\{[^}]*\}|by \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"(?:by \((?:\w+, )*|[{,])(?<name>(?:db|typedcache|server|error|network)_\w+)(?:=|!=|, |\))")]
    private static partial Regex Label();

    private sealed record Row(string Name, string Kind, string Unit, string[] Attributes);
}
