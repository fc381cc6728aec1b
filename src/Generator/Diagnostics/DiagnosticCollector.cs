using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Diagnostics;

/// <summary>Gathers what is wrong with one interface.</summary>
internal sealed class DiagnosticCollector
{
    private readonly List<Finding> _findings = [];

    /// <summary>What was reported, in order.</summary>
    public EquatableArray<Finding> Findings => new(_findings);

    /// <summary>Whether something was reported with which no client can be generated.</summary>
    public bool BlocksGeneration { get; private set; }

    public void Report(DiagnosticDescriptor rule, Location location, params string[] arguments) =>
        Add(new Finding(rule, location, new EquatableArray<string>(arguments)));

    /// <summary>Reports a placeholder that names nothing.</summary>
    /// <param name="location">The placeholder.</param>
    /// <param name="name">The name.</param>
    /// <param name="kind">What it should be, such as a parameter.</param>
    /// <param name="owner">What has no such thing.</param>
    /// <param name="known">What it has.</param>
    public void ReportUnknown(Location location, string name, string kind, string owner, IReadOnlyCollection<string> known)
    {
        var nearest = Suggestion.Nearest(name, known);
        Add(new Finding(
            Rules.PlaceholderUnknown,
            location,
            new EquatableArray<string>([name, kind, owner, Suggestion.For(nearest, known)]),
            nearest is null ? null : new Rename(name, nearest)));
    }

    private void Add(Finding finding)
    {
        // What is written once can be asked for by several methods, such as the codec of their value type.
        if (!_findings.Contains(finding))
        {
            _findings.Add(finding);
        }

        BlocksGeneration |= !Rules.AllowsGeneration(finding.Rule);
    }
}
