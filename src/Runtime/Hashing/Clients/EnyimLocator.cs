namespace TypedCache.Hashing;

/// <summary>How EnyimMemcachedCore spreads keys over servers.</summary>
public enum EnyimLocator
{
    /// <summary><c>DefaultNodeLocator</c> of version 3, the default there.</summary>
    Default = 0,

    /// <summary><c>LegacyNodeLocator</c>, the option <c>UseLegacyNodeLocator</c> of 3.2.0 and later: the ring of the versions before 3.</summary>
    Legacy,
}
