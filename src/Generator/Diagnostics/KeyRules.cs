using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <content>The rules about keys.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor TemplateMalformed = Error(
        "TC0101",
        "Key template is malformed",
        "The key template is malformed at position {0}: {1}");

    public static readonly DiagnosticDescriptor PlaceholderUnknown = Error(
        "TC0102",
        "Placeholder matches no parameter",
        "'{0}' is not a {1} of '{2}': {3}");

    public static readonly DiagnosticDescriptor ParameterUnused = Warning(
        "TC0103",
        "Parameter is not used",
        "Parameter '{0}' of '{1}' is neither in the key nor used by the operation {2}: write {{{0}}} into the template, or remove the parameter");

    public static readonly DiagnosticDescriptor CharacterNotAllowed = Error(
        "TC0104",
        "Character is not allowed in a memcached key",
        "A memcached key cannot contain {0}: remove it from the {1}");

    public static readonly DiagnosticDescriptor FixedPartTooLong = Error(
        "TC0105",
        "Fixed part of the key is too long",
        "The fixed part of the key has {0} bytes, but memcached allows at most 250, the pool's KeyPrefix included: shorten the template or the prefix");

    public static readonly DiagnosticDescriptor KeyCanGetTooLong = Error(
        "TC0106",
        "Key can become too long",
        "The key can reach {0} bytes ({1}), but memcached allows at most 250, the pool's KeyPrefix included: shorten the template, or use fewer or shorter parameters");

    public static readonly DiagnosticDescriptor LengthUnbounded = Info(
        "TC0107",
        "Length of the key has no bound",
        "The length of '{0}' has no bound, so the length of the key is checked at run time: {1}");

    public static readonly DiagnosticDescriptor KeyHoldsTwoTypes = Error(
        "TC0108",
        "One key for values of different types",
        "'{0}' and '{1}' of {2} can both give the key '{3}', but one stores '{4}' and the other '{5}': start one of them with a different word");

    public static readonly DiagnosticDescriptor KeyIsShared = Warning(
        "TC0109",
        "Two templates can give the same key",
        "'{0}' and '{1}' of {2} can both give the key '{3}', though they look different: start one of them with a different word");

    public static readonly DiagnosticDescriptor PlaceholdersAmbiguous = Warning(
        "TC0110",
        "Placeholders cannot be told apart",
        "The key does not show where '{0}' ends, so different arguments can give the same key: put ':' after it");

    public static readonly DiagnosticDescriptor TypeNotFormattable = Error(
        "TC0111",
        "Type cannot be written into a key",
        "'{0}' of type '{1}' cannot be written into a key: {2}");

    public static readonly DiagnosticDescriptor FormatNotValid = Error(
        "TC0112",
        "Format is not valid for the type",
        "'{0}' is not a format of '{1}': {2}");

    public static readonly DiagnosticDescriptor CollectionInSingleKey = Error(
        "TC0113",
        "Collection in a key of one value",
        "'{0}' is a collection, but {1}: {2}");

    public static readonly DiagnosticDescriptor EqualValuesDiffer = Warning(
        "TC0114",
        "Equal values can have different keys",
        "Equal values of '{0}' can have different texts, because {1}: {2}");
}
