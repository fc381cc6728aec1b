using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <content>The rules about values that the process keeps.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor NearNotShared = Info(
        "TC0401",
        "Near values cannot be shared",
        "Near values of '{0}' are kept as bytes and decoded for each caller, because {1}: {2}");

    public static readonly DiagnosticDescriptor NearNotShorter = Error(
        "TC0402",
        "Near is not shorter than Expires",
        "Near of '{0}' is {1}, but its values expire after {2}: make Near shorter, or write Near = \"0s\" for none");

    public static readonly DiagnosticDescriptor NearDiffers = Warning(
        "TC0403",
        "Near differs for one key",
        "Near of {0} is {1}, but that of {2}, which has the same key, is {3}: set the same here, or write Near = \"0s\" to always ask the server");

    public static readonly DiagnosticDescriptor NearRevalidateTooShort = Error(
        "TC0404",
        "NearRevalidate is not longer than Near",
        "NearRevalidate of '{0}' is {1}, but {2}: {3}");
}
