namespace TypedCache.Hashing;

/// <summary>Under what name EnyimMemcachedCore has a server in its ring. It depends on the version, and on how the server was added.</summary>
public enum EnyimEndPoints
{
    /// <summary>By its address: versions up to 3.2, and 3.4.2 and later.</summary>
    Resolved = 0,

    /// <summary>An address by itself, and a name by the name: 3.3.0 to 3.4.1, which do not resolve.</summary>
    AsGiven,

    /// <summary>
    /// An address as if it were a name: versions before 3.4.2 with <c>UseSslStream</c>, or where the code calls <c>AddServer(host, port)</c> of
    /// the configuration.
    /// </summary>
    Unresolved,
}
