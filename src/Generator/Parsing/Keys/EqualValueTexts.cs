using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Keys.Texts;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>
/// Warns of parts whose text differs for equal values, so that one finds not what the other stored. Where the text is the type's own, the
/// runtime normalizes it, as for decimals, floating-point numbers and a DateTimeOffset without a format.
/// </summary>
internal static class EqualValueTexts
{
    /// <summary>Reports the part, if its text differs.</summary>
    /// <param name="context">The interface.</param>
    /// <param name="source">What the placeholder names.</param>
    /// <param name="operand">What is written.</param>
    /// <param name="location">Where the placeholder is.</param>
    public static void Report(ClientContext context, KeySource source, KeyOperand operand, Location location)
    {
        var format = source.Placeholder.Format;
        var (reason, fix) = KeyTypes.Find(operand.Type) switch
        {
            KeyValueType.DateTime when ShowsKind(format) && !HasKnownKind(source, operand) =>
                ("DateTime's equality ignores the Kind, which is written", "pass a DateTimeOffset, or write a format without the Kind like {" + source.Name + ":yyyyMMddTHHmmss}"),
            KeyValueType.DateTimeOffset when format is not (null or "O" or "o" or "R" or "r" or "u") =>
                ("DateTimeOffset's equality ignores the offset, which changes what the format writes", $"write {{{source.Name}.UtcDateTime:{format}}}"),
            _ when TypeNames.Is(operand.Type, "System.Uri") =>
                ("Uri's equality ignores the fragment and the user, which are written", $"write {{{source.Name}.AbsoluteUri}}"),
            _ => (null, null),
        };
        if (reason is not null)
        {
            context.Diagnostics.Report(Rules.EqualValuesDiffer, location, source.Name, reason, fix!);
        }
    }

    private static bool ShowsKind(string? format) =>
        format is null or "O" or "o" or "U" || (format.Length > 1 && FormatToken.Read(format).Any(static token => token.Specifier is 'K' or 'z'));

    // A DateTimeOffset has the same moment as a DateTime in several kinds, but each by a property of its own.
    private static bool HasKnownKind(KeySource source, KeyOperand operand) => operand.Inside.Count == 0
        && source.Member?.ContainingType is { } type && TypeNames.Is(type, "System.DateTimeOffset");
}
