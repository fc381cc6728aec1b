using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <content>The rules about values that are created where they are missing, and about their options.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor SecondCreate = Error(
        "TC0210",
        "More than one create function",
        "'{0}' has more than one create function: remove '{1}'");

    public static readonly DiagnosticDescriptor CreateShape = Error(
        "TC0211",
        "Create function has the wrong shape",
        "'{0}' of type '{1}' cannot create the value of '{2}': make it a {3}");

    public static readonly DiagnosticDescriptor CreatedType = Error(
        "TC0212",
        "Create function returns another type",
        "'{0}' creates '{1}', but '{2}' returns '{3}': use the same type for both");

    public static readonly DiagnosticDescriptor StaleMissing = Error(
        "TC0213",
        "Stale is not set",
        "{0}, but Stale is not set: add Stale to [CacheKey] or [CacheClient]");

    public static readonly DiagnosticDescriptor OptionUseless = Warning(
        "TC0214",
        "Option has no effect",
        "{0} of '{1}' has no effect, because {2}: {3}");

    public static readonly DiagnosticDescriptor PartNotValid = Error(
        "TC0215",
        "Jitter or Audit is not valid",
        "'{0}' is not a valid {2}, because {1}: write it like {3}");

    public static readonly DiagnosticDescriptor CreatedForEver = Info(
        "TC0216",
        "Created values do not expire",
        "What '{0}' creates does not expire: add Expires to [CacheKey] or [CacheClient], or a TimeSpan parameter");

    public static readonly DiagnosticDescriptor StaleDiffers = Warning(
        "TC0217",
        "Stale differs for one key",
        "Stale of {0} is {1}, but that of {2}, which has the same key, is {3}: set Stale = \"{3}\" here too, or one value for both in [CacheClient]");

    public static readonly DiagnosticDescriptor AppendsToCompressed = Warning(
        "TC0219",
        "Append can destroy a compressed value",
        "{0} adds to the value that {1} stores, which is destroyed if it was compressed: declare both in one interface, which then stores it uncompressed");

    public static readonly DiagnosticDescriptor AppendsToCreated = Warning(
        "TC0220",
        "Append can take the place of a created value",
        "{0} adds to the value that {1} creates, and takes its place while it is being created: replace the whole value with CompareAndSet, or store it with Add and not with GetOrCreate");

    public static readonly DiagnosticDescriptor NullNotStored = Error(
        "TC0218",
        "Null cannot be stored",
        "'{0}' is stored as plain text, bytes or a number, which cannot represent null: remove CacheNull from '{1}', or cache a type that contains it");
}
