using Microsoft.CodeAnalysis;
using TypedCache.Generator.Diagnostics;
using TypedCache.Generator.Model;
using TypedCache.Generator.Parsing.Clients;
using TypedCache.Generator.Parsing.Methods;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Finds the codec of the value that a method stores or reads: the one that an attribute names, or the type's own.</summary>
internal sealed class ValueCodecs(ClientContext context, IMethodSymbol method)
{
    private readonly CodecAttributes _attributes = CodecAttributes.Of(context.Compilation);

    /// <summary>The codec; null where there is none, which is reported.</summary>
    /// <param name="declared">The type of the value.</param>
    /// <param name="parameter">The parameter that brings the value; null where the method returns it.</param>
    /// <param name="refusesNull">Whether it shall refuse the null of a type that is not nullable, since nothing else can.</param>
    public MethodCodec? Find(ITypeSymbol declared, IParameterSymbol? parameter, bool refusesNull = false)
    {
        var type = TypeText.WithoutAnnotation(declared);
        ReportUnused(parameter);
        var codec = FindAttribute(type, parameter) is { } data
            ? new CustomCodec(context, CodecAttributes.Codec(data), new AttributeReader(data, Location(parameter)).LastArgumentLocation).Find(type)
            : FindOwn(type, parameter);
        if (codec is not null)
        {
            context.Values.Add(type, codec, Location(parameter));
        }

        if (refusesNull && codec is { IsBuiltIn: false } && type.IsReferenceType && !TypeText.IsAnnotated(declared))
        {
            codec = codec.RefusingNull();
        }

        return codec is null ? null : context.CodecFields.Get(codec, type);
    }

    /// <summary>Where it is said of which type the value is.</summary>
    public Location Location(IParameterSymbol? parameter) =>
        parameter is null ? Signature.ReturnLocation(context, method) : context.LocationOf(parameter);

    /// <summary>Reports each attribute that can have no effect, because what it is written on is not the value.</summary>
    /// <param name="value">The parameter that brings the value; null where the method returns it.</param>
    public void ReportUnused(IParameterSymbol? value)
    {
        foreach (var parameter in method.Parameters.Where(parameter => !SymbolEqualityComparer.Default.Equals(parameter, value)))
        {
            ReportUnused(parameter, "has no effect, because the parameter is not stored: put it on the value or on the method");
        }
    }

    /// <summary>Reports all attributes of a method that neither stores nor reads a value.</summary>
    public void ReportWithoutValue()
    {
        ReportUnused(value: null);
        ReportUnused(method, "has no effect, because the method neither stores nor reads a value: remove it");
    }

    private void ReportUnused(ISymbol symbol, string mistake)
    {
        if (Attribute(symbol) is { } data)
        {
            var attribute = new AttributeReader(data, context.LocationOf(symbol));
            context.Diagnostics.Report(Rules.AttributeConflict, attribute.Location, "[CacheCodec]", symbol.Name, mistake);
        }
    }

    private AttributeData? FindAttribute(ITypeSymbol type, IParameterSymbol? parameter) =>
        (parameter is null ? null : Attribute(parameter)) ?? Attribute(method) ?? _attributes.Find(type) ?? _attributes.Find(KnownTypes.UnwrapNullable(type, out _));

    private AttributeData? Attribute(ISymbol symbol) => _attributes.On(symbol);

    private CodecReference? FindOwn(ITypeSymbol type, IParameterSymbol? parameter)
    {
        var codec = context.Codecs.GetCodec(type, out var reason);
        if (codec is null)
        {
            var rule = CodecRefusal.Rule(context.Codecs.LastRefusal);
            context.Diagnostics.Report(rule, Location(parameter), TypeText.Message(type), reason ?? "no codec is known for it");
        }

        return codec;
    }
}
