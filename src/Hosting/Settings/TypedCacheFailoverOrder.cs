using TypedCache.Hashing;

namespace TypedCache.Hosting;

/// <summary>The order in which other servers are tried when a key's own has failed.</summary>
public enum TypedCacheFailoverOrder
{
    /// <summary><see cref="FailoverSequence.Pecl8"/>.</summary>
    Pecl8 = 0,

    /// <summary><see cref="FailoverSequence.Pecl2"/>.</summary>
    Pecl2,
}
