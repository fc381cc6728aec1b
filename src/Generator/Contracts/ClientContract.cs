using TypedCache.Generator.Model;

namespace TypedCache.Generator.Contracts;

/// <summary>What one interface adds to the contract.</summary>
/// <param name="Keys">Its keys.</param>
/// <param name="Types">The types that their values are made of.</param>
/// <param name="Places">For each key, which of the interface's templates shows it.</param>
internal sealed record ClientContract(EquatableArray<ContractKey> Keys, EquatableArray<ContractShape> Types, EquatableArray<int> Places);
