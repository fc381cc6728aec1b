using TypedCache.Keys;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>The server that holds a key as long as none has failed.</summary>
    /// <param name="key">The key as it is passed to the other operations: without the pool's prefix.</param>
    /// <exception cref="CacheKeyException">The key is not valid.</exception>
    public MemcachedServer FindServer(string key)
    {
        var given = Encode(key, stackalloc byte[CacheKeyWriter.StackSize]);
        return _sender.Router.FindHome(_sender.ToWire(given, stackalloc byte[CacheKeyWriter.StackSize]));
    }

    /// <summary>Where a key belongs, and where it goes when servers fail. No server is asked.</summary>
    /// <param name="key">The key as it is passed to the other operations: without the pool's prefix.</param>
    /// <exception cref="CacheKeyException">The key is not valid.</exception>
    public KeyLocation Locate(string key)
    {
        var given = Encode(key, stackalloc byte[CacheKeyWriter.StackSize]);
        var onWire = _sender.ToWire(given, stackalloc byte[CacheKeyWriter.StackSize]);
        return new KeyLocation(onWire.ToArray(), _sender.Router.FindOrder(onWire));
    }
}
