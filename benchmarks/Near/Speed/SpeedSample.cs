namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>One round of one contender.</summary>
/// <param name="Alone">Nanoseconds for which one caller has to wait.</param>
/// <param name="Together">Nanoseconds between two hits where several callers read.</param>
/// <param name="Bytes">Bytes which a call allocates.</param>
/// <param name="Synchronous">The share of the calls which had their value when they returned.</param>
internal readonly record struct SpeedSample(double Alone, double Together, double Bytes, double Synchronous);
