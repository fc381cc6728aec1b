using System.ComponentModel;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>
    /// Makes sure that values are stored in the dialect that a client is for (<see cref="CacheClientAttribute.Dialect"/>). Called by generated
    /// clients when they are created.
    /// </summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="client">The client's interface, for the message.</param>
    /// <exception cref="InvalidOperationException">
    /// The pool has another <see cref="MemcachedPoolOptions.ValueDialect"/>; the message names both, and the options that have the right one.
    /// </exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void RequireDialect(CacheDialect dialect, string client)
    {
        if (dialect != CacheDialect.Any && _pipeline.Dialect.Identity != dialect)
        {
            throw new InvalidOperationException(
                $"{client} has Dialect = CacheDialect.{dialect}, but its pool stores values in ValueDialect.{_pipeline.Dialect}, which the other clients would misread. "
                + $"Create the pool's options by {PresetOf(dialect)}, set their ValueDialect to ValueDialect.{dialect}, or change the Dialect in [CacheClient].");
        }
    }

    private static string PresetOf(CacheDialect dialect) => "MemcachedPoolOptions." + dialect switch
    {
        CacheDialect.PeclSharedWithPhp => "ForPeclMemcache(sharedWithPhp: true)",
        CacheDialect.PhpMemcached => "ForPhpMemcached()",
        CacheDialect.Enyim or CacheDialect.EnyimMessagePack => "ForEnyim() or ForEnyim2()",
        CacheDialect.Pymemcache => "ForPymemcache()",
        CacheDialect.PythonMemcached => "ForPythonMemcached()",
        CacheDialect.Dalli => "ForDalli()",
        CacheDialect.Spymemcached => "ForSpymemcached() or ForXmemcached()",
        CacheDialect.NodeMemcached => "ForNodeMemcached()",
        CacheDialect.Plain => "ForGomemcache() or ForMemjs()",
        _ => "ForPeclMemcache()",
    };
}
