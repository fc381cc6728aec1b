namespace TypedCache.Hashing;

/// <summary>How spymemcached spreads keys over servers (<c>ConnectionFactoryBuilder.setLocatorType</c>).</summary>
public enum SpymemcachedLocator
{
    /// <summary><c>ARRAY_MOD</c>, the default: the remainder of a division. Weights are ignored.</summary>
    ArrayModulus = 0,

    /// <summary><c>CONSISTENT</c>, or a <c>KetamaConnectionFactory</c>: a ring.</summary>
    Ketama,
}
