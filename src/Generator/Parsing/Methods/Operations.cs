using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>What each operation takes and gives.</summary>
internal static class Operations
{
    public static bool StoresValue(CacheOperation operation) => operation
        is CacheOperation.Set or CacheOperation.Add or CacheOperation.Replace
        or CacheOperation.Append or CacheOperation.Prepend or CacheOperation.CompareAndSet;

    public static bool Appends(CacheOperation operation) => operation is CacheOperation.Append or CacheOperation.Prepend;

    /// <summary>What the operation does to the bytes under its key.</summary>
    public static KeyEffect Effect(CacheOperation operation) =>
        Appends(operation) ? KeyEffect.Appends
        : operation == CacheOperation.GetOrCreate ? KeyEffect.Creates
        : StoresValue(operation) ? KeyEffect.Stores
        : KeyEffect.None;

    /// <summary>Whether the operation always takes an expiry; counters only do where they make a missing one.</summary>
    public static bool TakesExpiry(CacheOperation operation) => operation
        is CacheOperation.Set or CacheOperation.Add or CacheOperation.Replace or CacheOperation.CompareAndSet
        or CacheOperation.Touch or CacheOperation.GetAndTouch or CacheOperation.GetOrCreate;

    /// <summary>Whether the operation is about an expiry and makes no sense without one.</summary>
    public static bool NeedsExpiry(CacheOperation operation) => operation is CacheOperation.Touch or CacheOperation.GetAndTouch;

    public static bool HasBatch(CacheOperation operation) => operation
        is CacheOperation.Get or CacheOperation.Set or CacheOperation.Add or CacheOperation.CompareAndSet
        or CacheOperation.Touch or CacheOperation.Exists or CacheOperation.Delete or CacheOperation.GetOrCreate;

    /// <summary>Whether the operation uses values that the process keeps. CAS numbers are always those of the server.</summary>
    public static bool UsesNear(CacheOperation operation, bool wantsCacheValue) =>
        operation == CacheOperation.GetOrCreate || (operation == CacheOperation.Get && !wantsCacheValue);

    /// <summary>The options of cached values that the operation uses.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="createsCounter">Whether it makes a counter that does not exist, with an expiry.</param>
    /// <param name="near">How it uses values that the process keeps; null where it cannot.</param>
    public static IReadOnlyCollection<string> Options(CacheOperation operation, bool createsCounter, NearModel? near) => operation switch
    {
        CacheOperation.GetOrCreate => OptionNames.All,
        _ when near is not null => near.IsOn ? OptionNames.OfNearReads : OptionNames.OfReads,
        CacheOperation.Invalidate => [OptionNames.Stale],
        _ when TakesExpiry(operation) => OptionNames.OfExpiry,
        _ when createsCounter => [OptionNames.Jitter],
        _ => [],
    };

    /// <summary>The result types of an operation, for messages.</summary>
    public static string Returns(CacheOperation operation, bool isBatch) => (operation, isBatch) switch
    {
        (CacheOperation.Get, true) =>
            "ValueTask or Task of CacheValues, IReadOnlyDictionary, IDictionary or Dictionary from the key parameter's items to values or to CacheValue<T>",
        (CacheOperation.GetOrCreate, true) => "ValueTask or Task of IReadOnlyDictionary, IDictionary or Dictionary from the key parameter's items to values",
        (CacheOperation.CompareAndSet, true) => "ValueTask or Task of IReadOnlyDictionary, IDictionary or Dictionary from the key parameter's items to CasResult",
        (CacheOperation.Add or CacheOperation.Touch or CacheOperation.Exists, true) =>
            "ValueTask or Task of IReadOnlySet, ISet or HashSet of the key parameter's items, of int (how many), or alone",
        (CacheOperation.Delete, true) => "ValueTask or Task, alone or of int (how many were there)",
        (CacheOperation.Get or CacheOperation.GetAndTouch, _) => "ValueTask or Task of the value ('T?') or of CacheValue<T>",
        (CacheOperation.GetOrCreate, _) => "ValueTask or Task of the value",
        (CacheOperation.Set, _) => "ValueTask or Task without a result",
        (CacheOperation.CompareAndSet, _) => "ValueTask or Task of CasResult or bool",
        (CacheOperation.Increment or CacheOperation.Decrement, _) =>
            "ValueTask or Task of ulong? or long? (null: no such counter), or of ulong or long (a missing counter is created)",
        _ => "ValueTask or Task, alone or of bool",
    };
}
