namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>One call of one caller.</summary>
/// <param name="Started">When, by the machine's clock.</param>
/// <param name="Took">How long the caller waited.</param>
/// <param name="Age">How old the value was which it got.</param>
internal readonly record struct Call(long Started, TimeSpan Took, TimeSpan Age);
