using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;
using TypedCache.Generator.Incremental;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Diagnostics;

/// <summary>Says what has changed since the contract was checked in, and what can be done about it.</summary>
internal sealed class ContractFindings
{
    private readonly CheckedInContract _checkedIn;
    private readonly Dictionary<(string Pattern, string Client), Location> _places = [];

    private ContractFindings(CheckedInContract checkedIn, IEnumerable<(ClientContract Contract, EquatableArray<SourcePlace> Places)> clients)
    {
        _checkedIn = checkedIn;
        foreach (var (contract, places) in clients)
        {
            for (var i = 0; i < contract.Keys.Count; i++)
            {
                _places[(contract.Keys[i].Pattern, contract.Keys[i].Client)] = places[contract.Places[i]].Location;
            }
        }
    }

    /// <summary>The finding about a contract that is malformed; null where it is not.</summary>
    public static Finding? OfMistake(CheckedInContract? contract)
    {
        if (contract is not { Mistake: { } mistake })
        {
            return null;
        }

        var place = contract.PlaceOf(mistake.Position);
        var start = place.GetLineSpan().StartLinePosition;
        return new Finding(Rules.ContractMalformed, place, new EquatableArray<string>([Number(start.Line + 1), Number(start.Character + 1), mistake.Reason]));
    }

    /// <summary>The findings about what has changed.</summary>
    /// <param name="checkedIn">The contract.</param>
    /// <param name="changes">What has changed since.</param>
    /// <param name="clients">The interfaces, with the places of their templates.</param>
    public static IEnumerable<Finding> Create(
        CheckedInContract checkedIn, IEnumerable<ContractChange> changes, IEnumerable<(ClientContract Contract, EquatableArray<SourcePlace> Places)> clients)
    {
        var findings = new ContractFindings(checkedIn, clients);

        // Many keys can have values of one type: what has changed in it is told once.
        var told = new HashSet<(ContractFinding, string?)>();
        return [.. changes.OrderBy(static change => change.Kind).SelectMany(change => findings.Create(change, told))];
    }

    private IEnumerable<Finding> Create(ContractChange change, HashSet<(ContractFinding, string?)> told) => change switch
    {
        { Kind: ChangeKind.Safe, New: { } key } => [Outdated(change.Old, key)],
        { Kind: ChangeKind.Vanished, Old: { } former } => [Vanished(change, former)],
        { New: { } key } => change.Findings.Where(found => told.Add((found, Scope(found, key)))).Select(found => found.IsBroken ? Broken(found.Break, key) : OneSided(found, key)),
        _ => [],
    };

    private Finding Broken(ContractBreak found, ContractKey key) => new(
        Rules.StoredValueBroken,
        PlaceOf(key),
        new EquatableArray<string>([found.Path, key.Pattern, found.Written, found.Read, found.Reason, Number(key.Version + 1), key.Schema is null ? ", or Schema = true on the key" : "", WayOut(found)]));

    // Within what the same finding is told once: of a type anywhere, of a dialect within the interface.
    private static string? Scope(ContractFinding found, ContractKey key) =>
        found.Break.Kind == BreakKind.OtherDialect ? key.Client
        : found.IsOfType ? null
        : key.Pattern;

    private static string WayOut(ContractBreak found) => found.Kind switch
    {
        BreakKind.OtherKey => "give the new member a key that was never used",
        BreakKind.OtherDialect => "leave it as it was",
        _ => "leave it as it was and add what is new under a new key",
    };

    private Finding OneSided(ContractFinding found, ContractKey key) => new(
        Rules.StoredValueOneSided,
        PlaceOf(key),
        new EquatableArray<string>(
        [
            found.Break.Path, key.Pattern, found.Before, found.After, found.IsOldReader ? "old" : "new", found.IsOldReader ? "new ones write" : "old ones wrote", found.Break.Reason,
            Number(key.Version + 1),
        ]));

    private Finding Vanished(ContractChange change, ContractKey former) => new(
        Rules.KeyVanished,
        change.New is null ? _checkedIn.PlaceOf(former) : PlaceOf(change.New),
        new EquatableArray<string>(
        [
            former.Pattern,
            string.Join(", ", former.Methods.Select(method => $"{former.Client.Split('.').Last()}.{method}")),
            change.New is not { } now ? "has vanished"
                : now.Pattern == former.Pattern ? $"has other arguments now ({Arguments(former)} before, {Arguments(now)} now)"
                : $"is '{now.Pattern}' now",
            change.Leftover,
        ]));

    private static string Arguments(ContractKey key) => string.Join(", ", key.Arguments.Select(static argument => $"{argument.Type} {argument.Name}"));

    private Finding Outdated(ContractKey? former, ContractKey key) => new(
        Rules.ContractOutdated,
        PlaceOf(key),
        new EquatableArray<string>([key.Pattern, former is null ? "is not in the contract yet" : former.Pattern == key.Pattern ? "has changed, and nothing can go wrong" : "has other keys than in the contract, on purpose"]));

    private Location PlaceOf(ContractKey key) => _places.TryGetValue((key.Pattern, key.Client), out var place) ? place : _checkedIn.PlaceOf(key);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
