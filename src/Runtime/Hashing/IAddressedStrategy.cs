namespace TypedCache.Hashing;

/// <summary>A strategy that may hash addresses in the place of names: then a server with another address is another server.</summary>
internal interface IAddressedStrategy
{
    /// <summary>Whether it does.</summary>
    bool UsesAddresses { get; }
}
