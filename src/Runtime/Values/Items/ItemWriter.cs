using System.Buffers;

namespace TypedCache.Values;

/// <summary>Writes the bytes of an item, without a codec, a dialect and compression.</summary>
/// <typeparam name="TState">The type of what the caller passes along, for example a <see cref="ReadOnlySequence{T}"/> of the bytes.</typeparam>
/// <param name="output">Takes the bytes; none is fine. It is valid only during the call.</param>
/// <param name="state">What the caller passes along.</param>
public delegate void ItemWriter<in TState>(IBufferWriter<byte> output, TState state);
