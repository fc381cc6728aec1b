using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;

namespace TypedCache.Generator.Parsing;

/// <summary>Reads how long a text in a key can be at most.</summary>
internal static class KeyPartLimit
{
    /// <summary>The limit in UTF-16 code units; null where there is none, or where it is not valid, which is reported.</summary>
    public static int? Read(ClientContext context, KeySource source, KeyValueType type)
    {
        var symbol = source.IsWhole ? source.Parameter : source.Path[source.Path.Count - 1];
        if (symbol.GetAttributes().FirstOrDefault(attribute => context.Types.IsKeyPartAttribute(attribute.AttributeClass)) is not { } data)
        {
            return null;
        }

        var attribute = new AttributeReader(data, context.LocationOf(symbol));
        var limit = attribute.Named("MaxLength") as int? ?? 0;
        var mistake = type != KeyValueType.String ? "has no effect, because MaxLength bounds strings alone: remove it"
            : limit < 1 ? "sets no MaxLength of 1 or more: write the most characters which the text can have"
            : null;
        if (mistake is not null)
        {
            context.Diagnostics.Report(Rules.AttributeConflict, attribute.Location, "[KeyPart]", source.Name, mistake);
        }

        return mistake is null ? limit : null;
    }
}
