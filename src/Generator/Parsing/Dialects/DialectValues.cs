using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Dialects;

/// <summary>Gathers the value types of one interface, and tells which of them the clients of its dialect cannot read.</summary>
internal sealed class DialectValues
{
    private readonly List<(ITypeSymbol Type, CodecReference Codec, Location Location)> _values = [];
    private readonly HashSet<ITypeSymbol> _types = new(SymbolEqualityComparer.Default);

    /// <summary>Adds the value of a method. What a codec of the project writes is the project's own business.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="codec">Its codec.</param>
    /// <param name="location">Where the type is written.</param>
    public void Add(ITypeSymbol type, CodecReference codec, Location location)
    {
        if (codec.CustomName is null && _types.Add(type))
        {
            _values.Add((type, codec, location));
        }
    }

    /// <summary>Reports each type that cannot be shared, once, where it is first used.</summary>
    public void Check(ClientContext context)
    {
        if (context.Dialect == CacheDialect.Any)
        {
            return;
        }

        var codecs = context.Codecs.Codecs.ToDictionary(static codec => codec.Name, StringComparer.Ordinal);
        foreach (var (type, codec, location) in _values)
        {
            if (Find(context.Dialect, type, codec, codecs) is { } obstacle)
            {
                context.Diagnostics.Report(
                    Rules.ValueNotShared, location, TypeText.Message(type), context.Dialect.ToString(), obstacle.Reason, obstacle.Replacement, DialectForms.Alternative(context.Dialect));
            }
        }
    }

    private static DialectObstacle? Find(CacheDialect dialect, ITypeSymbol type, CodecReference codec, IReadOnlyDictionary<string, CodecModel> codecs) =>
        codec.IsBuiltIn ? DialectForms.FindPlain(dialect, type)
        : dialect == CacheDialect.EnyimMessagePack ? new EnyimMessagePackParts(codecs).Find(codec.Writes, TypeText.Message(type))
        : DialectForms.FindObjects(dialect);
}
