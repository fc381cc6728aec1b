using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Checks what is wrong with a <c>[CacheCodec]</c> no matter which client needs it: its place, and others for the same values.</summary>
internal static class CodecAttributeChecks
{
    /// <summary>The mistakes of the attributes on one symbol; for those of the assembly, in one file.</summary>
    public static EquatableArray<Finding> Check(GeneratorAttributeSyntaxContext target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var diagnostics = new DiagnosticCollector();
        if (target.TargetSymbol is IAssemblySymbol assembly)
        {
            CheckAssembly(assembly, target, diagnostics);
        }
        else
        {
            CheckMember(target, diagnostics);
        }

        return diagnostics.Findings;
    }

    private static void CheckAssembly(IAssemblySymbol assembly, GeneratorAttributeSyntaxContext target, DiagnosticCollector diagnostics)
    {
        var compilation = target.SemanticModel.Compilation;
        var types = KnownTypes.Of(compilation);
        var all = assembly.GetAttributes().Where(attribute => types.IsCodecAttribute(attribute.AttributeClass)).ToList();
        foreach (var attribute in target.Attributes)
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

    private static void CheckMember(GeneratorAttributeSyntaxContext target, DiagnosticCollector diagnostics)
    {
        var types = KnownTypes.Of(target.SemanticModel.Compilation);
        var all = target.TargetSymbol.GetAttributes().Where(attribute => types.IsCodecAttribute(attribute.AttributeClass)).ToList();
        foreach (var attribute in target.Attributes)
        {
            var reader = new AttributeReader(attribute, Location.None);
            if (attribute.ConstructorArguments.Length == 2)
            {
                diagnostics.Report(Rules.CodecAttributePlace, reader.Location, $"'{target.TargetSymbol.Name}'", $"names a type, which only one on the assembly does: write [CacheCodec(typeof({Name(CodecAttributes.Codec(attribute))}))]");
            }
            else if (all.Count > 1 && !IsSame(all[0], attribute))
            {
                diagnostics.Report(Rules.CodecNamedTwice, reader.Location, target.TargetSymbol.Name, Name(CodecAttributes.Codec(all[0])), Name(CodecAttributes.Codec(attribute)));
            }
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
