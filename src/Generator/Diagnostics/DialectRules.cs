using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <content>The rules about values that other clients share.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor ValueNotShared = Error(
        "TC0307",
        "Value type cannot be shared under the dialect",
        "'{0}' cannot be shared under CacheDialect.{1}, because {2}: use {3}, name a codec of your own in [CacheCodec], or set {4}");

    public static readonly DiagnosticDescriptor TagsNotShared = Error(
        "TC0308",
        "Values with tags cannot be shared under the dialect",
        "'{0}' cannot have tags under CacheDialect.{1}, because other clients would take the versions of the tags for a part of the value: remove [CacheTag], or put the key into an interface without a Dialect");

    public static readonly DiagnosticDescriptor NumberNotCounted = Error(
        "TC0309",
        "Number of the dialect cannot be counted",
        "{0} counts what {1} stores as a number, but CacheDialect.{2} has numbers as bytes, which memcached cannot count: store the number as a string, or let counting alone make it");
}
