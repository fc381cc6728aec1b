namespace TypedCache.Values;

/// <summary>Reads an item as it is stored, without a codec and a dialect.</summary>
/// <typeparam name="TState">The type of what the caller passes along, for example an <see cref="System.Buffers.IBufferWriter{T}"/> that takes the bytes.</typeparam>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="item">The item. Its bytes are those that were received, and are valid only during the call.</param>
/// <param name="state">What the caller passes along.</param>
public delegate T ItemReader<in TState, out T>(in StoredItem item, TState state);
