using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <content>The rules about what has changed since the contract was checked in.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor StoredValueBroken = Error(
        "TC0601",
        "Stored values can no longer be read",
        "{0} under '{1}' was '{2}' and is '{3}': {4}. Set Version = {5} on the client{6}, or {7}; or accept it with dotnet build -p:TypedCacheUpdateContract=true");

    public static readonly DiagnosticDescriptor StoredValueOneSided = Warning(
        "TC0602",
        "Old and new processes do not read the same",
        "{0} under '{1}' was '{2}' and is '{3}', and while {4} processes read what {5}: {6}. Set Version = {7} on the client, or accept it with dotnet build -p:TypedCacheUpdateContract=true");

    public static readonly DiagnosticDescriptor KeyVanished = Error(
        "TC0603",
        "Key has changed while its values live on",
        "The key '{0}' of {1} {2}: {3}. Keep the key, or accept it with dotnet build -p:TypedCacheUpdateContract=true");

    public static readonly DiagnosticDescriptor ContractOutdated = Info(
        "TC0604",
        "Contract does not have the change yet",
        "'{0}' {1}: update the contract with dotnet build -p:TypedCacheUpdateContract=true");

    public static readonly DiagnosticDescriptor ContractMalformed = Error(
        "TC0605",
        "Contract is malformed",
        "The contract cannot be read at line {0}, column {1}, because {2}: correct it, or write it anew with dotnet build -p:TypedCacheUpdateContract=true");
}
