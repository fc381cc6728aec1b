using System.Runtime.InteropServices;
using TypedCache.Pool;
using TypedCache.Telemetry;

namespace TypedCache.Near;

/// <summary>What a read for the near cache has brought.</summary>
/// <param name="Read">The value.</param>
/// <param name="Outcome">How it came.</param>
/// <typeparam name="T">The type of the value.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NearResult<T>(NearRead<T> Read, NearOutcome Outcome);
