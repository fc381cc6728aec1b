namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>One round of one contender.</summary>
/// <param name="Alone">Microseconds which one caller waits for a hit.</param>
/// <param name="Together">Microseconds between two hits where 64 callers read.</param>
/// <param name="Bytes">Bytes which a hit allocates.</param>
internal readonly record struct HitSample(double Alone, double Together, double Bytes);
