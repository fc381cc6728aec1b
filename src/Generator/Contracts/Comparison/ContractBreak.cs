namespace TypedCache.Generator.Contracts.Comparison;

/// <summary>What somebody who reads a stored value cannot read as it was written.</summary>
/// <param name="Path">The member, such as <c>Product.Name</c>; the type itself where it is the whole value.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Written">What was written, for people.</param>
/// <param name="Read">What is read, for people.</param>
/// <param name="Reason">What comes of it, as a sentence without its full stop.</param>
internal sealed record ContractBreak(string Path, BreakKind Kind, string Written, string Read, string Reason);

/// <summary>What happens to a value that is read as something else.</summary>
internal enum BreakKind
{
    /// <summary>Reading some values throws.</summary>
    Throws,

    /// <summary>It is read, but as something else, or not at all.</summary>
    Differs,

    /// <summary>A key stands for another member, or a member has another key.</summary>
    OtherKey,

    /// <summary>It was written for other clients.</summary>
    OtherDialect,

    /// <summary>Null is read where the type says that there is none.</summary>
    Null,
}
