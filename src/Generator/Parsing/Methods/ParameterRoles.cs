using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>What the parameters that are not in the key mean to the operation.</summary>
internal sealed class ParameterRoles
{
    private readonly KnownTypes _types;
    private readonly List<IParameterSymbol> _free;

    private ParameterRoles(KnownTypes types, IEnumerable<IParameterSymbol> free)
    {
        _types = types;
        _free = [.. free];
        CancellationToken = Take(_free.Find(parameter => types.IsCancellationToken(parameter.Type)));
    }

    public IParameterSymbol? CancellationToken { get; }

    public IParameterSymbol? Expiry { get; private set; }

    public IParameterSymbol? Value { get; private set; }

    /// <summary>The function that creates missing values: the first delegate.</summary>
    public IParameterSymbol? Create { get; private set; }

    /// <summary>Delegates beside it.</summary>
    public IReadOnlyList<IParameterSymbol> OtherCreates { get; private set; } = [];

    public IParameterSymbol? Cas { get; private set; }

    public IParameterSymbol? By { get; private set; }

    public IParameterSymbol? Initial { get; private set; }

    /// <summary>Parameters without any meaning.</summary>
    public IReadOnlyList<IParameterSymbol> Unused => _free;

    /// <summary>Finds the roles.</summary>
    /// <param name="types">The known types.</param>
    /// <param name="method">The method.</param>
    /// <param name="operation">What it does.</param>
    /// <param name="key">The parameters in the key, and whether each is there as a whole and not by one of its properties.</param>
    /// <param name="isBatch">Whether the values come with the keys, in a collection.</param>
    /// <param name="createsCounter">Whether a counter that does not exist is made, with a first value and an expiry.</param>
    public static ParameterRoles Find(
        KnownTypes types,
        IMethodSymbol method,
        CacheOperation operation,
        IReadOnlyCollection<(IParameterSymbol Parameter, bool IsWhole)> key,
        bool isBatch,
        bool createsCounter)
    {
        var inKey = key.Select(static use => use.Parameter.Ordinal).ToArray();
        var roles = new ParameterRoles(types, method.Parameters.Where(parameter => !inKey.Contains(parameter.Ordinal)));
        if (Operations.StoresValue(operation) && !isBatch)
        {
            var partly = key.LastOrDefault(use => key.All(other => !SameParameter(use, other) || !other.IsWhole)).Parameter;
            roles.FindStored(operation, partly);
        }
        else if (operation is CacheOperation.Increment or CacheOperation.Decrement)
        {
            roles.By = roles.TakeCounter();
            roles.Initial = createsCounter ? roles.TakeCounter() : null;
        }

        if (operation == CacheOperation.GetOrCreate)
        {
            roles.FindCreates();
        }

        if (createsCounter || Operations.TakesExpiry(operation))
        {
            roles.Expiry = roles.Take(roles._free.Find(roles.IsExpiry));
        }

        return roles;
    }

    private static bool SameParameter((IParameterSymbol Parameter, bool IsWhole) one, (IParameterSymbol Parameter, bool IsWhole) other) =>
        one.Parameter.Ordinal == other.Parameter.Ordinal;

    private void FindStored(CacheOperation operation, IParameterSymbol? partlyInKey)
    {
        if (operation == CacheOperation.CompareAndSet)
        {
            Cas = Take(FindCas(hasOtherValue: partlyInKey is not null));
        }

        // A TimeSpan is the expiry, unless it is all there is to store.
        Value = Take(_free.FindLast(parameter => !IsExpiry(parameter))) ?? partlyInKey ?? Take(_free.Find(IsExpiry));
    }

    private void FindCreates()
    {
        var delegates = _free.FindAll(static parameter => parameter.Type.TypeKind == TypeKind.Delegate);
        Create = delegates.FirstOrDefault();
        OtherCreates = [.. delegates.Skip(1)];
        _free.RemoveAll(delegates.Contains);
    }

    private IParameterSymbol? FindCas(bool hasOtherValue)
    {
        var numbers = _free.FindAll(static parameter => parameter.Type.SpecialType == SpecialType.System_UInt64);
        return _free.Find(parameter => _types.IsCacheValue(parameter.Type))
            ?? _free.Find(parameter => _types.IsCasToken(parameter.Type))
            ?? numbers.Find(static parameter => string.Equals(parameter.Name, "cas", StringComparison.OrdinalIgnoreCase))
            ?? (hasOtherValue || _free.Exists(parameter => !IsExpiry(parameter) && !SymbolEqualityComparer.Default.Equals(parameter, numbers.LastOrDefault()))
                ? numbers.LastOrDefault()
                : null);
    }

    private IParameterSymbol? TakeCounter() => Take(_free.Find(static parameter =>
        parameter.Type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64));

    private bool IsExpiry(IParameterSymbol parameter) => _types.ExpiryType(parameter.Type) != ExpiryParameterType.None;

    private IParameterSymbol? Take(IParameterSymbol? parameter)
    {
        if (parameter is not null)
        {
            _free.Remove(parameter);
        }

        return parameter;
    }
}
