using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <summary>Gathers what is wrong with one interface.</summary>
internal sealed class DiagnosticCollector
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>What was reported, in order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether something was reported with which no client can be generated.</summary>
    public bool BlocksGeneration { get; private set; }

    public void Report(DiagnosticDescriptor rule, Location? location, params object[] arguments)
    {
        _diagnostics.Add(Diagnostic.Create(rule, location, arguments));
        BlocksGeneration |= !Rules.AllowsGeneration(rule);
    }
}
