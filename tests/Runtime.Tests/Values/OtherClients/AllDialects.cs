using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>All dialects that there are.</summary>
internal static class AllDialects
{
    public static ValueDialect[] Of { get; } =
    [
        ValueDialect.Pecl, ValueDialect.PeclSharedWithPhp, ValueDialect.PhpMemcached, ValueDialect.Enyim, ValueDialect.EnyimMessagePack, ValueDialect.Pymemcache,
        ValueDialect.PythonMemcached, ValueDialect.Dalli, ValueDialect.Spymemcached, ValueDialect.NodeMemcached, ValueDialect.Plain,
    ];
}
