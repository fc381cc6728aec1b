namespace TypedCache;

/// <summary>Writes the keys of the tags of one item of a batch. Generated clients pass a static lambda.</summary>
/// <typeparam name="TState">The arguments that all keys of the batch share.</typeparam>
/// <typeparam name="TItem">The argument that differs from key to key.</typeparam>
public delegate void TagKeysOf<in TState, in TItem>(ref TagKeys tags, TState state, TItem item);
