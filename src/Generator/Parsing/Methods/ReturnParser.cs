using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>Reads a method's return type.</summary>
internal static class ReturnParser
{
    /// <summary>The result, or null where the operation has no such result.</summary>
    /// <param name="types">The known types.</param>
    /// <param name="type">The declared return type.</param>
    /// <param name="operation">What the method does.</param>
    /// <param name="itemType">The type of a batch's items; null without a batch.</param>
    public static ParsedReturn? Parse(KnownTypes types, ITypeSymbol type, CacheOperation operation, ITypeSymbol? itemType)
    {
        if (!types.TryUnwrapTask(type, out var result, out var isTask))
        {
            return null;
        }

        var parsed = operation switch
        {
            CacheOperation.Get when itemType is not null => ParseFoundMany(types, result, itemType),
            CacheOperation.GetOrCreate when itemType is not null => ParseValues(types, result, itemType),
            CacheOperation.CompareAndSet when itemType is not null => ParseCasMany(types, result, itemType),
            CacheOperation.Add or CacheOperation.Touch or CacheOperation.Exists when itemType is not null => ParseSet(types, result, itemType),
            CacheOperation.Get or CacheOperation.GetAndTouch => ParseValue(types, result),
            CacheOperation.GetOrCreate => ParseCreated(types, result),
            CacheOperation.Set => result is null ? new ParsedReturn(ResultConversion.None) : null,
            CacheOperation.CompareAndSet => ParseCas(types, result),
            CacheOperation.Increment or CacheOperation.Decrement => ParseCounter(result),
            CacheOperation.Delete when itemType is not null => ParseOptional(result, SpecialType.System_Int32),
            _ => ParseOptional(result, SpecialType.System_Boolean),
        };
        return parsed is null ? null : parsed with { IsTask = isTask, Type = TypeText.Code(type) };
    }

    private static ParsedReturn? ParseValue(KnownTypes types, ITypeSymbol? result)
    {
        if (result is null)
        {
            return null;
        }

        if (types.IsCacheValue(result))
        {
            var inner = ((INamedTypeSymbol)result).TypeArguments[0];
            return new ParsedReturn(ResultConversion.None)
            {
                Value = inner,
                WantsCacheValue = true,
                SuppressesNullability = TypeText.IsAnnotated(inner),
            };
        }

        return new ParsedReturn(ResultConversion.None)
        {
            Value = result,
            SuppressesNullability = result.IsReferenceType && !TypeText.IsAnnotated(result),
        };
    }

    // There is no miss that could be told, nor a CAS number.
    private static ParsedReturn? ParseCreated(KnownTypes types, ITypeSymbol? result) =>
        result is null || types.IsCacheValue(result) || types.IsCacheItem(result)
            ? null
            : new ParsedReturn(ResultConversion.None) { Value = result, SuppressesNullability = TypeText.IsAnnotated(result) };

    // What cannot be read is told by no dictionary but the engine's own.
    private static ParsedReturn? ParseFoundMany(KnownTypes types, ITypeSymbol? result, ITypeSymbol itemType)
    {
        if (result is null || FindValue(result, itemType) is not { } value)
        {
            return null;
        }

        var conversion = types.IsCacheValues(result) ? ResultConversion.None
            : types.IsDictionary(result) ? ResultConversion.Dictionary
            : types.IsDictionaryInterface(result) ? ResultConversion.Interface
            : (ResultConversion?)null;
        var wantsCacheValue = types.IsCacheValue(value);
        var inner = wantsCacheValue ? ((INamedTypeSymbol)value).TypeArguments[0] : value;
        return conversion is null
            ? null
            : new ParsedReturn(conversion.Value) { Value = inner, WantsCacheValue = wantsCacheValue, SuppressesNullability = TypeText.IsAnnotated(inner) };
    }

    private static ParsedReturn? ParseValues(KnownTypes types, ITypeSymbol? result, ITypeSymbol itemType) =>
        ParseDictionary(types, result, itemType) is { } conversion && FindValue(result!, itemType) is { } value
            ? new ParsedReturn(conversion) { Value = value, SuppressesNullability = TypeText.IsAnnotated(value) }
            : null;

    private static ParsedReturn? ParseCasMany(KnownTypes types, ITypeSymbol? result, ITypeSymbol itemType) =>
        ParseDictionary(types, result, itemType) is { } conversion && FindValue(result!, itemType) is { } value && types.IsCasResult(value)
            ? new ParsedReturn(conversion)
            : null;

    private static ResultConversion? ParseDictionary(KnownTypes types, ITypeSymbol? result, ITypeSymbol itemType) =>
        result is null || FindValue(result, itemType) is null ? null
        : types.IsDictionary(result) ? ResultConversion.None
        : types.IsDictionaryInterface(result) ? ResultConversion.Interface
        : null;

    // The type of the values of what may be a dictionary with the batch's items as keys.
    private static ITypeSymbol? FindValue(ITypeSymbol result, ITypeSymbol itemType) =>
        result is INamedTypeSymbol { TypeArguments: [var key, var value] } && SymbolEqualityComparer.Default.Equals(key, itemType) ? value : null;

    private static ParsedReturn? ParseSet(KnownTypes types, ITypeSymbol? result, ITypeSymbol itemType)
    {
        if (result is null or { SpecialType: SpecialType.System_Int32 })
        {
            return new ParsedReturn(result is null ? ResultConversion.Discard : ResultConversion.Count);
        }

        return result is not INamedTypeSymbol { TypeArguments: [var item] } || !SymbolEqualityComparer.Default.Equals(item, itemType) ? null
            : types.IsSet(result) ? new ParsedReturn(ResultConversion.None)
            : types.IsSetInterface(result) ? new ParsedReturn(ResultConversion.Interface)
            : null;
    }

    private static ParsedReturn? ParseCas(KnownTypes types, ITypeSymbol? result) =>
        result is null ? null
        : types.IsCasResult(result) ? new ParsedReturn(ResultConversion.None)
        : result.SpecialType == SpecialType.System_Boolean ? new ParsedReturn(ResultConversion.Stored)
        : null;

    private static ParsedReturn? ParseCounter(ITypeSymbol? result)
    {
        if (result is null)
        {
            return null;
        }

        var number = KnownTypes.UnwrapNullable(result, out var isNullable);
        return number.SpecialType switch
        {
            SpecialType.System_UInt64 => new ParsedReturn(ResultConversion.None) { CreatesCounter = !isNullable },
            SpecialType.System_Int64 => new ParsedReturn(ResultConversion.Signed) { CreatesCounter = !isNullable },
            _ => null,
        };
    }

    private static ParsedReturn? ParseOptional(ITypeSymbol? result, SpecialType type) =>
        result is null ? new ParsedReturn(ResultConversion.Discard)
        : result.SpecialType == type ? new ParsedReturn(ResultConversion.None)
        : null;
}

/// <summary>A return type that the operation has.</summary>
internal sealed record ParsedReturn(ResultConversion Conversion)
{
    public string Type { get; init; } = "";

    public bool IsTask { get; init; }

    /// <summary>The type of the value that is read; null for operations that read none.</summary>
    public ITypeSymbol? Value { get; init; }

    public bool WantsCacheValue { get; init; }

    public bool SuppressesNullability { get; init; }

    /// <summary>Whether a counter that does not exist is made, since there is no null to tell.</summary>
    public bool CreatesCounter { get; init; }

    /// <summary>The result as it is written.</summary>
    /// <param name="taken">The names of the method's parameters.</param>
    public ResultModel ToModel(ICollection<string> taken) => new(Type, IsTask, WantsCacheValue, Conversion, SuppressesNullability)
    {
        Converter = Converter is { } name ? Names.Unique(name, taken) : null,
    };

    // A Task without a result can be one with a result; a ValueTask cannot.
    private string? Converter => Conversion switch
    {
        ResultConversion.Discard when !IsTask => "WithoutResult",
        ResultConversion.Stored => "WhetherStored",
        ResultConversion.Signed => "AsSigned",
        ResultConversion.Interface => "AsInterface",
        ResultConversion.Dictionary => "AsDictionary",
        ResultConversion.Count => "Count",
        _ => null,
    };
}
