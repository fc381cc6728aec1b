using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>The types that mean something to a cache client, as symbols of one compilation.</summary>
internal sealed class KnownTypes(Compilation compilation)
{
    private static readonly ConditionalWeakTable<Compilation, KnownTypes> ByCompilation = new();

    private readonly INamedTypeSymbol? _keyAttribute = compilation.GetTypeByMetadataName(RuntimeNames.CacheKeyAttribute);
    private readonly INamedTypeSymbol? _tagAttribute = compilation.GetTypeByMetadataName(RuntimeNames.CacheTagAttribute);
    private readonly INamedTypeSymbol? _valueTagKeys = compilation.GetTypeByMetadataName(RuntimeNames.ValueTagKeys);
    private readonly INamedTypeSymbol? _keyPartAttribute = compilation.GetTypeByMetadataName(RuntimeNames.KeyPartAttribute);
    private readonly INamedTypeSymbol? _codecAttribute = compilation.GetTypeByMetadataName(RuntimeNames.CacheCodecAttribute);
    private readonly INamedTypeSymbol? _codec = compilation.GetTypeByMetadataName(RuntimeNames.CacheCodec);
    private readonly INamedTypeSymbol? _clientInterface = compilation.GetTypeByMetadataName(RuntimeNames.CacheClientInterface);
    private readonly INamedTypeSymbol? _cancellationToken = compilation.GetTypeByMetadataName(RuntimeNames.CancellationToken);
    private readonly INamedTypeSymbol? _timeSpan = compilation.GetTypeByMetadataName(RuntimeNames.TimeSpan);
    private readonly INamedTypeSymbol? _expiry = compilation.GetTypeByMetadataName(RuntimeNames.CacheExpiry);
    private readonly INamedTypeSymbol? _casToken = compilation.GetTypeByMetadataName(RuntimeNames.CasToken);
    private readonly INamedTypeSymbol? _cacheValue = compilation.GetTypeByMetadataName(RuntimeNames.CacheValue);
    private readonly INamedTypeSymbol? _cacheValues = compilation.GetTypeByMetadataName(RuntimeNames.CacheValues);
    private readonly INamedTypeSymbol? _casResult = compilation.GetTypeByMetadataName(RuntimeNames.CasResult);
    private readonly INamedTypeSymbol? _cacheItem = compilation.GetTypeByMetadataName(RuntimeNames.CacheItem);
    private readonly INamedTypeSymbol? _entry = compilation.GetTypeByMetadataName(RuntimeNames.CacheEntry);
    private readonly INamedTypeSymbol? _counter = compilation.GetTypeByMetadataName(RuntimeNames.CacheCounter);
    private readonly INamedTypeSymbol? _entrySet = compilation.GetTypeByMetadataName(RuntimeNames.CacheEntrySet);
    private readonly INamedTypeSymbol? _valueTask = compilation.GetTypeByMetadataName(RuntimeNames.ValueTask);
    private readonly INamedTypeSymbol? _valueTaskOf = compilation.GetTypeByMetadataName(RuntimeNames.ValueTaskOf);
    private readonly INamedTypeSymbol? _task = compilation.GetTypeByMetadataName(RuntimeNames.Task);
    private readonly INamedTypeSymbol? _taskOf = compilation.GetTypeByMetadataName(RuntimeNames.TaskOf);
    private readonly INamedTypeSymbol? _dictionary = compilation.GetTypeByMetadataName(RuntimeNames.Dictionary);
    private readonly INamedTypeSymbol? _dictionaryInterface = compilation.GetTypeByMetadataName(RuntimeNames.DictionaryInterface);
    private readonly INamedTypeSymbol? _readOnlyDictionary = compilation.GetTypeByMetadataName(RuntimeNames.ReadOnlyDictionary);
    private readonly INamedTypeSymbol? _hashSet = compilation.GetTypeByMetadataName(RuntimeNames.HashSet);
    private readonly INamedTypeSymbol? _setInterface = compilation.GetTypeByMetadataName(RuntimeNames.SetInterface);
    private readonly INamedTypeSymbol? _readOnlySet = compilation.GetTypeByMetadataName(RuntimeNames.ReadOnlySet);
    private readonly INamedTypeSymbol? _readOnlyList = compilation.GetTypeByMetadataName(RuntimeNames.ReadOnlyList);
    private readonly INamedTypeSymbol? _keyValuePair = compilation.GetTypeByMetadataName(RuntimeNames.KeyValuePair);
    private readonly INamedTypeSymbol? _readOnlyMemory = compilation.GetTypeByMetadataName(RuntimeNames.ReadOnlyMemory);
    private readonly INamedTypeSymbol? _utf8Formattable = compilation.GetTypeByMetadataName(RuntimeNames.Utf8SpanFormattable);
    private readonly INamedTypeSymbol? _spanFormattable = compilation.GetTypeByMetadataName(RuntimeNames.SpanFormattable);
    private readonly INamedTypeSymbol? _formattable = compilation.GetTypeByMetadataName(RuntimeNames.Formattable);

    /// <summary>The extern aliases of the project.</summary>
    public IReadOnlyList<string> ExternAliases { get; } = Symbols.ExternAliases.Find(compilation);

    /// <summary>The types of a compilation, found once for all its interfaces; they live as long as it does.</summary>
    public static KnownTypes Of(Compilation compilation) => ByCompilation.GetValue(compilation, static key => new KnownTypes(key));

    public bool IsKeyAttribute(ITypeSymbol? type) => Is(type, _keyAttribute);

    public bool IsTagAttribute(ITypeSymbol? type) => Is(type, _tagAttribute);

    public bool IsKeyPartAttribute(ITypeSymbol? type) => Is(type, _keyPartAttribute);

    public bool IsCodecAttribute(ITypeSymbol? type) => Is(type, _codecAttribute);

    public bool IsCodec(ITypeSymbol type) => Is(type, _codec);

    public bool IsClientInterface(ITypeSymbol type) => Is(type, _clientInterface);

    public bool IsCancellationToken(ITypeSymbol type) => Is(type, _cancellationToken);

    public bool IsCasToken(ITypeSymbol type) => Is(type, _casToken);

    public bool IsCacheValue(ITypeSymbol type) => Is(type, _cacheValue);

    public bool IsCacheValues(ITypeSymbol type) => Is(type, _cacheValues);

    public bool IsCacheItem(ITypeSymbol type) => Is(type, _cacheItem);

    public bool IsCasResult(ITypeSymbol type) => Is(type, _casResult);

    public bool IsKeyValuePair(ITypeSymbol type) => Is(type, _keyValuePair);

    public bool IsDictionary(ITypeSymbol type) => Is(type, _dictionary);

    public bool IsDictionaryInterface(ITypeSymbol type) => Is(type, _dictionaryInterface) || Is(type, _readOnlyDictionary);

    public bool IsReadOnlyDictionary(ITypeSymbol type) => Is(type, _readOnlyDictionary);

    public bool IsSet(ITypeSymbol type) => Is(type, _hashSet);

    public bool IsSetInterface(ITypeSymbol type) => Is(type, _setInterface) || Is(type, _readOnlySet);

    /// <summary><c>IReadOnlyList</c> of the items.</summary>
    public ITypeSymbol ReadOnlyListOf(ITypeSymbol item) => _readOnlyList?.Construct(item) ?? item;

    /// <summary>What a <c>Func</c> takes and gives; false for what is none.</summary>
    public static bool TryReadFunc(ITypeSymbol type, out ITypeSymbol[] inputs, out ITypeSymbol output)
    {
        ITypeSymbol[] arguments =
            type is INamedTypeSymbol { TypeKind: TypeKind.Delegate, Name: "Func", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } func
                ? [.. func.TypeArguments]
                : [];
        inputs = [.. arguments.Take(arguments.Length - 1)];
        output = arguments.LastOrDefault() ?? type;
        return arguments.Length > 0;
    }

    /// <summary>The value inside <c>ValueTask&lt;T&gt;</c>; null for all other types.</summary>
    public ITypeSymbol? ValueTaskResult(ITypeSymbol type) => Is(type, _valueTaskOf) ? ((INamedTypeSymbol)type).TypeArguments[0] : null;

    public bool IsUtf8Formattable(ITypeSymbol type) => Implements(type, _utf8Formattable);

    public bool IsSpanFormattable(ITypeSymbol type) => Implements(type, _spanFormattable);

    public bool IsFormattable(ITypeSymbol type) => Implements(type, _formattable);

    /// <summary>Whether the type is text or bytes, which can be appended to.</summary>
    public bool IsTextOrBytes(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String
        || IsByteArray(type)
        || (Is(type, _readOnlyMemory) && ((INamedTypeSymbol)type).TypeArguments[0].SpecialType == SpecialType.System_Byte);

    public static bool IsByteArray(ITypeSymbol type) => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };

    /// <summary>Which kind of entry a type is; null for what is none.</summary>
    public EntryKind? EntryKindOf(ITypeSymbol type) =>
        Is(type, _entry) ? EntryKind.CacheEntry
        : Is(type, _counter) ? EntryKind.CacheCounter
        : Is(type, _entrySet) ? EntryKind.CacheEntrySet
        : null;

    /// <summary>Which kind of expiry parameter a type makes.</summary>
    public ExpiryParameterType ExpiryType(ITypeSymbol type)
    {
        var nullable = UnwrapNullable(type, out var isNullable);
        return Is(nullable, _timeSpan) ? isNullable ? ExpiryParameterType.NullableTimeSpan : ExpiryParameterType.TimeSpan
            : Is(nullable, _expiry) ? isNullable ? ExpiryParameterType.NullableCacheExpiry : ExpiryParameterType.CacheExpiry
            : ExpiryParameterType.None;
    }

    /// <summary>Takes a <c>Task</c> or <c>ValueTask</c> apart; the result is null for one without.</summary>
    public bool TryUnwrapTask(ITypeSymbol type, out ITypeSymbol? result, out bool isTask)
    {
        isTask = Is(type, _task) || Is(type, _taskOf);
        result = Is(type, _taskOf) || Is(type, _valueTaskOf) ? ((INamedTypeSymbol)type).TypeArguments[0] : null;
        return isTask || result is not null || Is(type, _valueTask);
    }

    /// <summary>The type of a collection's items; null for what is no collection, such as a string or bytes.</summary>
    public ITypeSymbol? ItemType(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String || IsByteArray(type) || IsUtf8Formattable(type) || IsSpanFormattable(type))
        {
            return null;
        }

        return type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol named => named.AllInterfaces.Insert(0, named)
                .FirstOrDefault(static type => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
                ?.TypeArguments[0],
            _ => null,
        };
    }

    /// <summary>What of a collection's items is written into keys: the items, or the keys of a dictionary; null for what is no collection.</summary>
    public ITypeSymbol? KeyOfItem(ITypeSymbol type) =>
        ItemType(type) is { } item && IsKeyValuePair(item) ? ((INamedTypeSymbol)item).TypeArguments[0] : ItemType(type);

    /// <summary>The value as a parameter of what gives its tags; null where the runtime has no such thing.</summary>
    public IParameterSymbol? ValueWithTags(ITypeSymbol type) => _valueTagKeys?.Construct(type).DelegateInvokeMethod?.Parameters.LastOrDefault();

    /// <summary>The type inside <c>Nullable&lt;T&gt;</c>, or the type itself.</summary>
    public static ITypeSymbol UnwrapNullable(ITypeSymbol type, out bool isNullable)
    {
        isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return isNullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
    }

    private static bool Implements(ITypeSymbol type, INamedTypeSymbol? known) =>
        Is(type, known) || type.AllInterfaces.Any(implemented => Is(implemented, known));

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
