using TypedCache.Generator.Contracts;
using TypedCache.Generator.Contracts.Comparison;

namespace TypedCache.Tool.Map;

/// <summary>A key that two applications have: the same arguments give the same key.</summary>
/// <param name="One">What the first application says of it.</param>
/// <param name="Other">What the second one says.</param>
/// <param name="OneUnread">What of the values of the first one the second one cannot read.</param>
/// <param name="OtherUnread">What of the values of the second one the first one cannot read.</param>
internal sealed record SharedKey(ContractKey One, ContractKey Other, IReadOnlyList<ContractBreak> OneUnread, IReadOnlyList<ContractBreak> OtherUnread)
{
    /// <summary>Whether each can read what the other one has stored.</summary>
    public bool Agree => OneUnread.Count + OtherUnread.Count == 0;
}
