using System.Globalization;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;

namespace TypedCache.Testing;

/// <summary>One change between two versions of a <see cref="Contract"/> that somebody has to decide about.</summary>
public sealed record ContractDifference
{
    private ContractDifference()
    {
    }

    /// <summary>What it does.</summary>
    public required ContractDifferenceKind Kind { get; init; }

    /// <summary>The pattern of the key: of the new version, or of the old one where the key has vanished.</summary>
    public required string Key { get; init; }

    /// <summary>The interface, with its namespace.</summary>
    public required string Client { get; init; }

    /// <summary>What has changed, such as <c>Product.Price</c>; the key itself where that has vanished.</summary>
    public required string Member { get; init; }

    /// <summary>What it was.</summary>
    public required string Before { get; init; }

    /// <summary>What it is.</summary>
    public required string After { get; init; }

    /// <summary>What comes of it.</summary>
    public required string Reason { get; init; }

    /// <summary>What can be done about it.</summary>
    public required IReadOnlyList<string> WaysOut { get; init; }

    /// <summary>The change as in the message of <see cref="Contract.Verify"/>: several lines.</summary>
    public override string ToString() =>
        $"""
        {Key} ({Client})
          {Member} was '{Before}' and is '{After}'.
          {What()}: {Reason}.
          Ways out: {string.Join("; ", WaysOut)}.
        """.ReplaceLineEndings("\n");

    /// <summary>The changes of a key that matter.</summary>
    internal static IEnumerable<ContractDifference> From(ContractChange change) => change switch
    {
        { Kind: ChangeKind.Vanished, Old: { } old } => [Vanished(change, old)],
        { Kind: not ChangeKind.Safe, New: { } key } => change.Findings.Select(found => Changed(found, key)),
        _ => [],
    };

    private static ContractDifference Vanished(ContractChange change, ContractKey old) => new()
    {
        Kind = ContractDifferenceKind.KeyVanished,
        Key = old.Pattern,
        Client = old.Client,
        Member = "the key",
        Before = old.Pattern,
        After = change.New?.Pattern ?? "none",
        Reason = change.Leftover,
        WaysOut = ["keep the key", "accept it: take the new contract as the old one"],
    };

    private static ContractDifference Changed(ContractFinding found, ContractKey key) => new()
    {
        Kind = found.IsOldReader ? ContractDifferenceKind.OldCannotRead
            : found.IsBroken ? ContractDifferenceKind.NewCannotRead
            : ContractDifferenceKind.NewReadsNull,
        Key = key.Pattern,
        Client = key.Client,
        Member = found.Break.Path,
        Before = found.Before,
        After = found.After,
        Reason = found.Break.Reason,
        WaysOut =
        [
            string.Create(CultureInfo.InvariantCulture, $"Version = {key.Version + 1} on the client"),
            "Schema = true on the key",
            "leave it as it was, and add what is new under a new member key",
            "accept it: take the new contract as the old one",
        ],
    };

    private string What() => Kind switch
    {
        ContractDifferenceKind.NewCannotRead => "New processes cannot read what is stored",
        ContractDifferenceKind.NewReadsNull => "New processes read null where there is none",
        ContractDifferenceKind.OldCannotRead => "Old processes cannot read what new ones write",
        _ => "Values are left behind",
    };
}
