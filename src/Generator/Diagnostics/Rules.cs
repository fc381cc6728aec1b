using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <summary>The rules about interfaces and their members. Each has a page under docs/diagnostics.</summary>
internal static partial class Rules
{
    private const string Category = "TypedCache";

    public static readonly DiagnosticDescriptor InterfaceNotPartial = Error(
        "TC0001",
        "Cache interface is not partial",
        "Interface '{0}' must be partial so that its client can be generated: write 'partial interface {0}'");

    public static readonly DiagnosticDescriptor ContainerNotPartial = Error(
        "TC0002",
        "Type around a cache interface is not partial",
        "'{0}' contains the cache interface '{1}' and must be partial so that its client can be generated: write 'partial {2} {0}'");

    public static readonly DiagnosticDescriptor NotAccessible = Error(
        "TC0003",
        "Type is not accessible to generated code",
        "'{0}' is {1}, so generated code cannot use it: make it internal or public");

    public static readonly DiagnosticDescriptor NoOperation = Error(
        "TC0004",
        "Member has no cache operation and no body",
        "'{0}' is not a cache operation: {1}");

    public static readonly DiagnosticDescriptor BaseMemberWithoutOperation = Error(
        "TC0005",
        "Member of a base interface cannot be implemented",
        "'{0}' inherits '{1}', which cannot be implemented: {2}");

    public static readonly DiagnosticDescriptor Generic = Error(
        "TC0006",
        "Cache interface or method is generic",
        "'{0}' is generic, but its codecs must be known at compile time: write one for each type you cache");

    public static readonly DiagnosticDescriptor TypeUnknown = Error(
        "TC0007",
        "Type is not known while code is generated",
        "'{0}' is not known while code is generated: correct its name, or write it by hand if another generator makes it");

    public static readonly DiagnosticDescriptor LanguageTooOld = Error(
        "TC0008",
        "Language version is too old for generated code",
        "The client of '{0}' needs C# 12 or later, but the project sets C# {1}: remove LangVersion from the project, or set it to latest");

    public static readonly DiagnosticDescriptor ReturnTypeNotSupported = Error(
        "TC0201",
        "Return type is not supported for the operation",
        "'{0}' cannot return '{1}': {2} returns {3}");

    public static readonly DiagnosticDescriptor SecondCancellationToken = Error(
        "TC0202",
        "More than one CancellationToken",
        "'{0}' has more than one CancellationToken: remove '{1}'");

    public static readonly DiagnosticDescriptor CancellationTokenMissing = Warning(
        "TC0203",
        "CancellationToken is missing",
        "'{0}' cannot be cancelled: add a parameter 'CancellationToken cancellationToken = default'");

    public static readonly DiagnosticDescriptor ParameterNotByValue = Error(
        "TC0204",
        "Parameter cannot be passed to an asynchronous operation",
        "Parameter '{0}' is {1}, which an asynchronous operation cannot take: {2}");

    public static readonly DiagnosticDescriptor DurationNotValid = Error(
        "TC0205",
        "Duration is not valid",
        "'{0}' is not a valid duration, because {1}: write it like 90s, 10m, 1h30m or 7d");

    public static readonly DiagnosticDescriptor NoExpiry = Error(
        "TC0206",
        "Touch without an expiry",
        "'{0}' gives a value a new expiry, but none is set: add Expires to [CacheKey] or [CacheClient], or a TimeSpan parameter");

    public static readonly DiagnosticDescriptor MissLooksLikeValue = Warning(
        "TC0207",
        "A miss cannot be distinguished from a value",
        "A miss of '{0}' returns {1}, which looks like a value: return '{2}?' or 'CacheValue<{2}>'");

    public static readonly DiagnosticDescriptor AttributeConflict = Error(
        "TC0208",
        "Attribute contradicts its member or itself",
        "{0} of '{1}' {2}");

    public static readonly DiagnosticDescriptor ParameterMissing = Error(
        "TC0209",
        "Operation lacks a parameter",
        "'{0}' lacks {1}: {2}");

    public static readonly DiagnosticDescriptor NoCodec = Error(
        "TC0301",
        "No codec for the type",
        "'{0}' cannot be stored, because {1}");

    public static readonly DiagnosticDescriptor KeySharedByMembers = Error(
        "TC0302",
        "Two members share a MessagePack key",
        "'{0}' cannot be stored, because {1}; give each member its own key");

    public static readonly DiagnosticDescriptor NoConstructor = Error(
        "TC0303",
        "No constructor matches the stored members",
        "'{0}' cannot be read, because {1}; add a public constructor that takes stored members or no parameters");

    public static readonly DiagnosticDescriptor CodecNotUsable = Error(
        "TC0304",
        "Codec cannot be used",
        "'{0}' cannot be the codec of '{1}', because {2}");

    public static readonly DiagnosticDescriptor CodecNamedTwice = Error(
        "TC0305",
        "Two codecs for the same values",
        "The values of '{0}' already have the codec '{1}': remove one of the attributes, here with '{2}'");

    public static readonly DiagnosticDescriptor CodecAttributePlace = Error(
        "TC0306",
        "Codec attribute does not fit its place",
        "[CacheCodec] of {0} {1}");

    /// <summary>Whether a client can be generated although the rule was broken: the user may have decided so.</summary>
    public static bool AllowsGeneration(DiagnosticDescriptor rule) =>
        rule.DefaultSeverity != DiagnosticSeverity.Error || ReferenceEquals(rule, KeyCanGetTooLong);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md");
}
