using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Parsing.Codecs;

namespace TypedCache.Generator.Parsing;

/// <summary>What the members of one interface share while they are parsed.</summary>
internal sealed class ClientContext(Compilation compilation, INamedTypeSymbol client, Location clientLocation)
{
    /// <summary>The interface.</summary>
    public INamedTypeSymbol Client { get; } = client;

    /// <summary>The interface's name in the source; where mistakes are reported which have no source of their own.</summary>
    public Location ClientLocation { get; } = clientLocation;

    public KnownTypes Types { get; } = new(compilation);

    public CodecParser Codecs { get; } = new(compilation);

    public KeyEnums Enums { get; } = new();

    public CodecFields CodecFields { get; } = new();

    public DiagnosticCollector Diagnostics { get; } = new();

    /// <summary>Prefix and version with their colons: what all keys begin with.</summary>
    public string KeyStart { get; set; } = "";

    /// <summary>The expiry of methods which name none, in seconds; null for never.</summary>
    public long? Expires { get; set; }

    /// <summary>
    /// Why generated code cannot use a type, for the message; null where it can. It is in a file of its own, outside all types.
    /// </summary>
    public string? FindInaccessible(ITypeSymbol type, out ITypeSymbol culprit)
    {
        culprit = type;
        switch (type)
        {
            case IArrayTypeSymbol array:
                return FindInaccessible(array.ElementType, out culprit);
            case INamedTypeSymbol named:
                foreach (var argument in named.TypeArguments)
                {
                    if (FindInaccessible(argument, out culprit) is { } reason)
                    {
                        return reason;
                    }
                }

                culprit = type;
                return named.IsFileLocal ? "local to its file"
                    : named.TypeKind == TypeKind.Error || compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, compilation.Assembly) ? null
                    : "private or protected";
            default:
                return null;
        }
    }

    /// <summary>Parses a duration of an attribute, and reports what is wrong with it.</summary>
    public long? ReadExpires(AttributeReader attribute)
    {
        const string Name = "Expires";
        if (attribute.Named(Name) is not string text)
        {
            return null;
        }

        var seconds = Duration.Parse(text, out var mistake);
        if (mistake is not null)
        {
            Diagnostics.Report(Rules.DurationNotValid, attribute.NamedLocation(Name), text, mistake);
        }

        return seconds;
    }
}
