using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <content>The rules about tags.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor TagsDiffer = Error(
        "TC0501",
        "Tags differ for one key",
        "The tags of {0} are {1}, but those of {2}, which has the same key, are {3}: write the same tags on both");

    public static readonly DiagnosticDescriptor TagNotInvalidated = Warning(
        "TC0502",
        "Nothing invalidates the tag",
        "Nothing invalidates '{0}', a tag of {1}: add a method with [CacheTag(\"{2}\")] whose name begins with Invalidate or Remove, or remove the tag");

    public static readonly DiagnosticDescriptor InvalidatesNothing = Warning(
        "TC0503",
        "No value has the tag",
        "{0} invalidates '{1}', but no value has this tag: add [CacheTag(\"{2}\")] to the methods of a key, or remove the method");

    public static readonly DiagnosticDescriptor TooManyTags = Error(
        "TC0504",
        "Too many tags",
        "'{0}' has {1} tags, but a value can have at most 8: remove some");

    public static readonly DiagnosticDescriptor TagsNotSupported = Error(
        "TC0505",
        "Operation cannot have tags",
        "'{0}' cannot have tags, because {1}: {2}");

    public static readonly DiagnosticDescriptor NotAnInvalidation = Error(
        "TC0506",
        "Method does not invalidate a tag",
        "'{0}' has a tag but no key, and does not invalidate the tag: {1}");

    public static readonly DiagnosticDescriptor TagTwice = Error(
        "TC0507",
        "Tag is written twice",
        "'{0}' has the tag '{1}' twice: remove one of them");

    public static readonly DiagnosticDescriptor NoValueForTag = Error(
        "TC0508",
        "Tag names a value that there is not",
        "'{0}' has no value that {{{1}}} could be read from: write a parameter of the method");

    public static readonly DiagnosticDescriptor TagMixesSources = Error(
        "TC0509",
        "Tag mixes the value with parameters",
        "The tag '{0}' of '{1}' mixes properties of the value with parameters: write it with either alone");

    public static readonly DiagnosticDescriptor ValueTagElsewhere = Error(
        "TC0510",
        "Tag of a value is invalidated by another interface",
        "{0} invalidates '{1}', which {2} of another interface reads from the value: declare both in one interface");

    public static readonly DiagnosticDescriptor TaggedNeverStale = Warning(
        "TC0511",
        "Values with the tag cannot be stale",
        "{0} marks values with the tag '{1}' as stale, but those of {2} have no Stale, and are removed: add Stale to [CacheKey] or [CacheClient], or let its name begin with Remove");
}
