namespace TypedCache.Generator.Contracts;

/// <summary>What is wrong with the text of a contract.</summary>
/// <param name="Position">Where, in characters from the beginning.</param>
/// <param name="Reason">What, as a part of a sentence.</param>
internal sealed record ContractMistake(int Position, string Reason);

/// <summary>Ends the reading of a malformed contract.</summary>
internal sealed class ContractMistakeException(int position, string reason) : Exception(reason)
{
    public ContractMistake Mistake { get; } = new(position, reason);
}
