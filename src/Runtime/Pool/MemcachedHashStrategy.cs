namespace TypedCache;

/// <summary>The hash strategies that a connection string can name. All of them hash keys by CRC-32 then.</summary>
public enum MemcachedHashStrategy
{
    /// <summary><see cref="Hashing.HashStrategies.Consistent"/>.</summary>
    Consistent = 0,

    /// <summary><see cref="Hashing.HashStrategies.Standard"/>.</summary>
    Standard,

    /// <summary><see cref="Hashing.HashStrategies.Rendezvous"/>.</summary>
    Rendezvous,
}
