using TypedCache.Hashing;

namespace TypedCache.Hosting;

/// <summary>The order in which other servers are tried when a key's own has failed.</summary>
public enum TypedCacheFailoverOrder
{
    /// <summary><see cref="FailoverSequence.Pecl8"/>.</summary>
    Pecl8 = 0,

    /// <summary><see cref="FailoverSequence.Pecl2"/>.</summary>
    Pecl2,

    /// <summary><see cref="FailoverSequence.WithoutFailed"/>.</summary>
    WithoutFailed,

    /// <summary><see cref="FailoverSequence.NextServer"/>.</summary>
    NextServer,

    /// <summary><see cref="FailoverSequence.Dalli"/>.</summary>
    Dalli,

    /// <summary><see cref="FailoverSequence.PythonMemcached"/>.</summary>
    PythonMemcached,

    /// <summary><see cref="FailoverSequence.SpymemcachedKetama"/>.</summary>
    SpymemcachedKetama,

    /// <summary><see cref="FailoverSequence.XmemcachedKetama"/>.</summary>
    XmemcachedKetama,

    /// <summary><see cref="FailoverSequence.Enyim2Ketama"/>.</summary>
    Enyim2Ketama,
}
