using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Keys;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>Makes the arguments of the engine's call from a method's parameters.</summary>
internal sealed class ArgumentsParser(ClientContext context, IMethodSymbol method, CacheOperation operation, ParameterRoles roles, bool hasTags)
{
    /// <summary>The arguments.</summary>
    public ArgumentsModel Parse(ParsedReturn parsed, IReadOnlyCollection<KeySource> sources, BatchModel? batch)
    {
        var isCounter = operation is CacheOperation.Increment or CacheOperation.Decrement;
        var by = isCounter ? CounterArgument(roles.By) ?? "1UL" : null;
        var initial = parsed.CreatesCounter
            ? CounterArgument(roles.Initial) ?? (operation == CacheOperation.Increment ? by : "0UL")
            : null;
        return new ArgumentsModel(
            new EquatableArray<string>(NotNull(sources)),
            new EquatableArray<string>(new[] { roles.By, roles.Initial }.Where(IsSigned).Select(static parameter => TypeText.Identifier(parameter!.Name))),
            batch,
            ValueArgument(roles.Value),
            roles.Cas is null ? null : CasArgument(roles.Cas),
            by,
            initial,
            roles.CancellationToken is null ? null : TypeText.Identifier(roles.CancellationToken.Name));
    }

    // Under keys with tags the engine takes no plain numbers.
    private string CasArgument(IParameterSymbol cas) =>
        context.Types.IsCacheValue(cas.Type) ? TypeText.Identifier(cas.Name) + ".Cas"
        : hasTags && cas.Type.SpecialType == SpecialType.System_UInt64 ? $"new {RuntimeNames.Code.CasToken}({TypeText.Identifier(cas.Name)})"
        : TypeText.Identifier(cas.Name);

    private static string? CounterArgument(IParameterSymbol? parameter) => parameter is null ? null
        : IsSigned(parameter) ? $"(ulong){TypeText.Identifier(parameter.Name)}"
        : TypeText.Identifier(parameter.Name);

    private static bool IsSigned(IParameterSymbol? parameter) => parameter?.Type.SpecialType
        is SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64;

    // Null is a value of its own only where the parameter says so; the codec decides what becomes of it.
    private static string? ValueArgument(IParameterSymbol? value) => value is null ? null
        : TypeText.Identifier(value.Name) + (TypeText.IsAnnotated(value.Type) ? "!" : "");

    private IEnumerable<string> NotNull(IReadOnlyCollection<KeySource> sources) =>
        from parameter in method.Parameters
        where parameter.Type.IsReferenceType
        let isValue = SymbolEqualityComparer.Default.Equals(parameter, roles.Value)
        let isInKey = sources.Any(source => SymbolEqualityComparer.Default.Equals(source.Parameter, parameter))
        let isCreate = SymbolEqualityComparer.Default.Equals(parameter, roles.Create)
        where isInKey || isCreate || (isValue && !TypeText.TakesNull(parameter))
        select TypeText.Identifier(parameter.Name);
}
