namespace TypedCache;

/// <summary>
/// What the generator adds to each interface with <see cref="CacheClientAttribute"/>, so that
/// <see cref="MemcachedPool.CreateClient{T}"/> finds the implementation without reflection.
/// </summary>
/// <typeparam name="TSelf">The cache client interface itself.</typeparam>
// An interface of a CLS-compliant project could not derive from it otherwise.
#pragma warning disable CS3001, CS3014
[CLSCompliant(true)]
public interface ICacheClient<TSelf>
    where TSelf : ICacheClient<TSelf>
{
    /// <summary>Creates the generated client over a pool. Called by <see cref="MemcachedPool.CreateClient{T}"/>.</summary>
    /// <param name="pool">The pool whose servers hold the values.</param>
    static abstract TSelf Create(MemcachedPool pool);
}
