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

    public void Report(DiagnosticDescriptor rule, Location location, params string[] arguments)
    {
        _findings.Add(new Finding(rule, location, new EquatableArray<string>(arguments)));
        BlocksGeneration |= !Rules.AllowsGeneration(rule);
    }
}
