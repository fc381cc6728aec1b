using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>Reads how long a text in a key can be at most.</summary>
internal static class KeyPartLimit
{
    /// <summary>The limit in UTF-16 code units; null where there is none, or where it is not valid, which is reported.</summary>
    public static int? Read(ClientContext context, KeySource source, KeyOperand operand, KeyValueType type)
    {
        // What is nearest to the placeholder counts.
        if (FindAll(context, source, operand).FirstOrDefault() is not { } attribute)
        {
            return null;
        }

        if (attribute.Named("MaxLength") is null && attribute.Named("Sensitive") is true)
        {
            return null;
        }

        var limit = attribute.Named("MaxLength") as int? ?? 0;
        var mistake = type != KeyValueType.String ? "has no effect, because MaxLength limits only strings: remove it"
            : limit < 1 ? "does not set MaxLength to 1 or more: write the greatest number of characters the text can have"
            : null;
        if (mistake is not null)
        {
            context.Diagnostics.Report(Rules.AttributeConflict, attribute.Location, "[KeyPart]", source.Name, mistake);
        }

        return mistake is null ? limit : null;
    }

    /// <summary>Whether a part is a secret.</summary>
    public static bool IsSensitive(ClientContext context, KeySource source, KeyOperand operand) =>
        FindAll(context, source, operand).Any(static attribute => attribute.Named("Sensitive") is true);

    /// <summary>Reports the limits of parameters that are not in the key, or only by their properties.</summary>
    public static void ReportUnused(ClientContext context, IMethodSymbol method, IReadOnlyCollection<KeySource> sources)
    {
        var inKey = sources.Where(static source => source.IsWhole).Select(static source => source.Parameter).ToArray();
        foreach (var parameter in method.Parameters.Where(parameter => !inKey.Contains(parameter, SymbolEqualityComparer.Default)))
        {
            if (Find(context, parameter) is { } attribute)
            {
                context.Diagnostics.Report(Rules.AttributeConflict, attribute.Location, "[KeyPart]", parameter.Name,
                    "has no effect, because the parameter itself is not in the key: remove it, or put it on the property that is");
            }
        }
    }

    // The property of a value object is inside of what the placeholder names.
    private static IEnumerable<AttributeReader> FindAll(ClientContext context, KeySource source, KeyOperand operand) => operand.Inside
        .Select(static valueObject => valueObject.Member)
        .Prepend(source.IsWhole ? source.Parameter : source.Member)
        .OfType<ISymbol>()
        .Select(symbol => Find(context, symbol))
        .OfType<AttributeReader>();

    private static AttributeReader? Find(ClientContext context, ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(attribute => context.Types.IsKeyPartAttribute(attribute.AttributeClass)) is { } data
            ? new AttributeReader(data, context.LocationOf(symbol))
            : null;
}
