using Microsoft.CodeAnalysis;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing.Clients;

/// <summary>The outputs of one parse. They are told apart at once, so that a moved mistake re-emits no code.</summary>
/// <param name="Model">What to generate; null where nothing can be.</param>
/// <param name="Findings">What was wrong.</param>
/// <param name="Keys">The templates, to be matched against those of all other interfaces.</param>
/// <param name="KeyPlaces">Where each of them is written.</param>
internal sealed record ParsedClient(
    ClientModel? Model,
    EquatableArray<Finding> Findings,
    EquatableArray<KeyUse> Keys,
    EquatableArray<SourcePlace> KeyPlaces)
{
    /// <summary>What it adds to the contract; null where a mistake leaves open what that is.</summary>
    public ClientContract? Contract { get; init; }

    /// <summary>All places that the client knows.</summary>
    public IEnumerable<Location> Locations =>
        Findings.Select(static finding => finding.Location).Concat(KeyPlaces.Select(static place => place.Location));
}
