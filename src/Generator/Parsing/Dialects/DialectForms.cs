using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Dialects;

/// <summary>Which values the clients of each dialect have a form for that is written too.</summary>
internal static class DialectForms
{
    /// <summary>Whether a date has a form of its own; elsewhere it is MessagePack.</summary>
    public static bool HasDates(CacheDialect dialect) =>
        dialect is CacheDialect.Enyim or CacheDialect.EnyimMessagePack or CacheDialect.Spymemcached or CacheDialect.NodeMemcached;

    /// <summary>Why text, bytes, a number, a bool or a date cannot be shared; null where it can.</summary>
    public static DialectObstacle? FindPlain(CacheDialect dialect, ITypeSymbol type) => (dialect, KnownTypes.UnwrapNullable(type, out _).SpecialType) switch
    {
        (CacheDialect.Plain, SpecialType.System_Boolean) => new DialectObstacle("its clients leave the form of a value to their callers, and a bool has no usual one", "an int or a string"),
        (CacheDialect.Spymemcached, SpecialType.System_UInt64) => new DialectObstacle("Java has no unsigned 64-bit number", "a long"),
        _ => null,
    };

    /// <summary>Why MessagePack cannot be shared, whatever is in it; null where it can.</summary>
    public static DialectObstacle? FindObjects(CacheDialect dialect) => dialect switch
    {
        CacheDialect.Pecl => OfObject("for which PHP gets false", "a string, bytes, a number or a bool"),
        CacheDialect.Enyim => OfObject("but Enyim's default transcoder has objects as BSON", "a string, bytes, a number, a bool or a DateTime"),
        CacheDialect.Pymemcache or CacheDialect.PythonMemcached => OfObject("but Python's clients have objects as pickles", "a string, bytes, a number or a bool"),
        CacheDialect.Dalli => OfObject("but dalli has objects in Ruby's Marshal format", "a string, bytes, a number or a bool"),
        CacheDialect.Spymemcached => OfObject("but Java's clients have objects by Java serialization", "a string, bytes, a number, a bool or a DateTime"),
        CacheDialect.NodeMemcached => OfObject("but npm's memcached has objects as JSON", "a string, bytes, a number, a bool or a DateTime"),
        CacheDialect.Plain => OfObject("but its clients leave the form of a value to their callers", "a string, bytes or a number"),
        _ => null,
    };

    /// <summary>What to set as the dialect in place of one that lacks objects.</summary>
    public static string Alternative(CacheDialect dialect) => dialect switch
    {
        CacheDialect.Pecl => $"Dialect = CacheDialect.{nameof(CacheDialect.PeclSharedWithPhp)}",
        CacheDialect.Enyim => $"Dialect = CacheDialect.{nameof(CacheDialect.EnyimMessagePack)}",
        _ => "another Dialect",
    };

    private static DialectObstacle OfObject(string reason, string replacement) => new($"it is stored as MessagePack, {reason}", replacement);
}
