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
            CacheOperation.Get or CacheOperation.GetOrCreate when itemType is not null => ParseDictionary(types, result, itemType),
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

    private static ParsedReturn? ParseDictionary(KnownTypes types, ITypeSymbol? result, ITypeSymbol itemType)
    {
        if (result is not INamedTypeSymbol { TypeArguments: [var key, var value] } dictionary
            || !SymbolEqualityComparer.Default.Equals(key, itemType))
        {
            return null;
        }

        var conversion = types.IsDictionary(dictionary) ? ResultConversion.None
            : types.IsDictionaryInterface(dictionary) ? ResultConversion.Dictionary
            : (ResultConversion?)null;
        return conversion is null
            ? null
            : new ParsedReturn(conversion.Value) { Value = value, SuppressesNullability = TypeText.IsAnnotated(value) };
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
        ResultConversion.Dictionary => "AsInterface",
        _ => null,
    };
}
