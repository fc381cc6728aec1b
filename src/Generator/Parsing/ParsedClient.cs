using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing;

/// <summary>The two outputs of one parse. They are told apart at once, so that a moved mistake re-emits no code.</summary>
/// <param name="Model">What to generate; null where nothing can be.</param>
/// <param name="Findings">What was wrong.</param>
internal sealed record ParsedClient(ClientModel? Model, EquatableArray<Finding> Findings);
