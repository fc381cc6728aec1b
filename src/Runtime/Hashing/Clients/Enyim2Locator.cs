namespace TypedCache.Hashing;

/// <summary>How EnyimMemcached 2 spreads keys over servers.</summary>
public enum Enyim2Locator
{
    /// <summary><c>DefaultNodeLocator</c>, the default: the only one of EnyimMemcachedCore up to 2.7.1 too.</summary>
    Default = 0,

    /// <summary><c>KetamaNodeLocator</c>.</summary>
    Ketama,
}
