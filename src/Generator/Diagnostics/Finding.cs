using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Diagnostics;

/// <summary>
/// A broken rule. Unlike a <see cref="Diagnostic"/>, which compares its arguments by reference, two equal ones are equal, so that
/// an unrelated edit reports nothing again. The location is a real one: pragmas do not work with any other.
/// </summary>
/// <param name="Rename">What fixes it, for the code fix; null where no name is wrong.</param>
internal sealed record Finding(DiagnosticDescriptor Rule, Location Location, EquatableArray<string> Arguments, Rename? Rename = null)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Location, Rename?.ToProperties(), [.. Arguments]);
}
