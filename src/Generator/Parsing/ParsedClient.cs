using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing;

/// <summary>The two outputs of one parse. They are told apart at once, so that a moved mistake re-emits no code.</summary>
/// <param name="model">What to generate; null where nothing can be.</param>
/// <param name="diagnostics">What was wrong, with real locations so that pragmas work.</param>
internal sealed class ParsedClient(ClientModel? model, IEnumerable<Diagnostic> diagnostics)
{
    public ClientModel? Model { get; } = model;

    public EquatableArray<Diagnostic> Diagnostics { get; } = new(diagnostics);
}
