namespace TypedCache.Values;

/// <summary>How kinds of values are marked in the flags and written as text.</summary>
public abstract class ValueDialect
{
    /// <summary>The dialect of PHP's pecl-memcache (memcache_pool.c, <c>mmc_pack_value</c>).</summary>
    public static ValueDialect Pecl => throw new NotSupportedException();
}
