using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Checks what is wrong with a <c>[CacheCodec]</c> no matter which client needs it: its place, and others for the same values.</summary>
internal static class CodecAttributeChecks
{
    /// <summary>The mistakes of the attributes at one place.</summary>
    /// <param name="target">What they are put on.</param>
    /// <param name="attributes">The attributes; for those of the assembly, of one file.</param>
    /// <param name="compilation">The project.</param>
    public static EquatableArray<Finding> Check(ISymbol target, IReadOnlyList<AttributeData> attributes, Compilation compilation)
    {
        var diagnostics = new DiagnosticCollector();
        var types = KnownTypes.Of(compilation);
        var all = target.GetAttributes().Where(attribute => types.IsCodecAttribute(attribute.AttributeClass)).ToList();
        foreach (var attribute in attributes)
        {
            if (target is IAssemblySymbol)
            {
                CheckAssembly(compilation, attribute, all, diagnostics);
            }
            else
            {
                CheckMember(target, attribute, all, diagnostics);
            }
        }

        return diagnostics.Findings;
    }

    private static void CheckAssembly(Compilation compilation, AttributeData attribute, List<AttributeData> all, DiagnosticCollector diagnostics)
    {
        var reader = new AttributeReader(attribute, Location.None);
        if (attribute.ConstructorArguments.Length == 1)
        {
            diagnostics.Report(Rules.CodecAttributePlace, reader.Location, "the assembly", "needs the type of the values as well: write [assembly: CacheCodec(typeof(T), typeof(TheCodec))]");
        }
        else if (attribute.ConstructorArguments.Length == 2)
        {
            CheckType(compilation, attribute, reader, all, diagnostics);
        }
    }

    private static void CheckType(
        Compilation compilation, AttributeData attribute, AttributeReader reader, List<AttributeData> all, DiagnosticCollector diagnostics)
    {
        var (type, codec) = (CodecAttributes.ValueType(attribute), CodecAttributes.Codec(attribute));
        if (type is null or INamedTypeSymbol { IsUnboundGenericType: true } or { SpecialType: SpecialType.System_Void } or { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer })
        {
            diagnostics.Report(Rules.CodecAttributePlace, reader.ArgumentLocation, "the assembly", "names no type that values can have: write typeof(...) of a type with all its type arguments");
            return;
        }

        // The compiler tells of a name that it does not know itself, unless another generator makes the type.
        foreach (var unknown in new[] { type, codec }.Where(static part => part?.TypeKind == TypeKind.Error))
        {
            diagnostics.Report(Rules.TypeUnknown, reader.Location, TypeText.Message(unknown!));
            return;
        }

        if (FindEarlier(all, attribute, type) is { } earlier)
        {
            diagnostics.Report(Rules.CodecNamedTwice, reader.Location, TypeText.Message(type), Name(CodecAttributes.Codec(earlier)), Name(codec));
        }
        else if (CodecClass.FindObstacle(compilation, codec, type) is { } obstacle)
        {
            diagnostics.Report(Rules.CodecNotUsable, reader.LastArgumentLocation, Name(codec), TypeText.Message(type), obstacle);
        }
    }

    private static void CheckMember(ISymbol target, AttributeData attribute, List<AttributeData> all, DiagnosticCollector diagnostics)
    {
        var reader = new AttributeReader(attribute, Location.None);
        if (attribute.ConstructorArguments.Length == 2)
        {
            diagnostics.Report(Rules.CodecAttributePlace, reader.Location, $"'{target.Name}'", $"names a type, which only one on the assembly does: write [CacheCodec(typeof({Name(CodecAttributes.Codec(attribute))}))]");
        }
        else if (all.Count > 1 && !IsSame(all[0], attribute))
        {
            diagnostics.Report(Rules.CodecNamedTwice, reader.Location, target.Name, Name(CodecAttributes.Codec(all[0])), Name(CodecAttributes.Codec(attribute)));
        }
    }

    private static AttributeData? FindEarlier(List<AttributeData> all, AttributeData attribute, ITypeSymbol type)
    {
        var first = all.Find(other => SymbolEqualityComparer.Default.Equals(CodecAttributes.ValueType(other), type));
        return first is null || IsSame(first, attribute) ? null : first;
    }

    private static bool IsSame(AttributeData one, AttributeData other) =>
        one.ApplicationSyntaxReference is { } place && other.ApplicationSyntaxReference is { } otherPlace
        && place.SyntaxTree == otherPlace.SyntaxTree && place.Span == otherPlace.Span;

    private static string Name(ITypeSymbol? type) => type is null ? "null" : TypeText.Message(type);
}
