namespace TypedCache.Tool.Patterns;

/// <summary>What is counted for a pattern. Two of them become one when patterns are found to be the same.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IPatternCount<in TSelf>
    where TSelf : IPatternCount<TSelf>
{
    /// <summary>Adds what another one has counted.</summary>
    void Add(TSelf other);
}
