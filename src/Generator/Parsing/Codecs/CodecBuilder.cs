using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Codecs.Collections;
using TypedCache.Generator.Parsing.Codecs.Contracts;
using TypedCache.Generator.Parsing.Codecs.Objects;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>Builds the codec of a type that needs one of its own. The order of the questions is that of MessagePack's resolvers.</summary>
internal sealed class CodecBuilder(Compilation compilation, CodecParser parser)
{
    private const int LargestRank = 4;

    private readonly CustomCollections _customCollections = new(compilation);
    private readonly PairedShapes _pairedShapes = new(compilation);
    private readonly ObjectBuilder _objects = new(compilation, parser);
    private readonly UnionBuilder _unions = new(compilation, parser);

    /// <summary>The codec, or null after the parser has been told the reason.</summary>
    public CodecModel? Build(ITypeSymbol type, string name, string where)
    {
        if (UnsupportedTypes.Find(type, compilation) is { } reason)
        {
            parser.Refuse(where, reason);
            return null;
        }

        return type switch
        {
            IArrayTypeSymbol array => BuildArray(array, name, where),
            INamedTypeSymbol named => BuildKnown(named, name, where) ?? BuildOwn(named, name, where),
            _ => null,
        };
    }

    private CodecModel? BuildArray(IArrayTypeSymbol type, string name, string where)
    {
        if (type.Rank > LargestRank)
        {
            parser.Refuse(where, $"'{TypeNames.InMessage(type)}' has more than {LargestRank} dimensions");
            return null;
        }

        if (parser.GetForm(type.ElementType, where) is not { } element)
        {
            return null;
        }

        var (typeName, elementType) = (TypeNames.WithoutNull(type), TypeNames.Of(type.ElementType));
        return type.Rank == 1
            ? new SequenceCodecModel(name, typeName, true, elementType, element, CollectionShapes.Array)
            : new GridCodecModel(name, typeName, elementType, type.Rank, element);
    }

    /// <summary>A type of the base class library with a form of its own; null also if one of its arguments has no codec.</summary>
    private CodecModel? BuildKnown(INamedTypeSymbol type, string name, string where)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return parser.GetForm(type.TypeArguments[0], where) is { } form ? new NullableCodecModel(name, TypeNames.Of(type), form) : null;
        }

        if (type.TypeArguments.Length == 1 && TypeNames.Is(type, "System.Lazy"))
        {
            return parser.GetForm(type.TypeArguments[0], where) is { } form ? new LazyCodecModel(name, TypeNames.WithoutNull(type), form) : null;
        }

        if (TupleItems.Find(type) is { } items)
        {
            return BuildTuple(type, name, where, items);
        }

        if (PairedShapes.IsGroup(type))
        {
            return BuildGroup(type, name, where);
        }

        if (_pairedShapes.Find(type) is { } paired)
        {
            return BuildSequence(type, name, where, paired.Element, paired.Shape);
        }

        if (CollectionShapes.Find(type) is { } sequence)
        {
            return BuildSequence(type, name, where, type.TypeArguments[0], sequence);
        }

        return DictionaryShapes.Find(type) is { } dictionary
            ? BuildDictionary(type, name, where, type.TypeArguments[0], type.TypeArguments[1], dictionary)
            : null;
    }

    private CodecModel? BuildOwn(INamedTypeSymbol type, string name, string where)
    {
        if (parser.HasRefused)
        {
            return null;
        }

        if (MessagePackAttributes.Find(type, MessagePackAttributes.Formatter) is not null)
        {
            parser.Refuse(where, $"'{TypeNames.InMessage(type)}' has a [MessagePackFormatter], which generated codecs do not call; write an ICacheCodec for it and name it in [CacheCodec]");
            return null;
        }

        if (_customCollections.Find(type) is { } match)
        {
            return BuildCustom(type, name, where, match);
        }

        return UnionBuilder.IsUnion(type) || type.IsAbstract ? _unions.Build(type, name, where) : _objects.Build(type, name, where);
    }

    private CodecModel? BuildCustom(INamedTypeSymbol type, string name, string where, CustomCollections.Match match)
    {
        CodecModel? codec = match.Arguments.Count == 1
            ? BuildSequence(type, name, where, match.Arguments[0], match.Shape)
            : BuildDictionary(type, name, where, match.Arguments[0], match.Arguments[1], match.Shape);
        if (codec is null || !CustomCollections.HoldsObjects(type))
        {
            return codec;
        }

        if (match.Arguments.FirstOrDefault(ObjectForms.Differs) is { } argument)
        {
            parser.Refuse(where, $"'{TypeNames.InMessage(type)}' is a list of objects to MessagePack, which cannot restore '{TypeNames.InMessage(argument)}'; use the generic collection itself");
            return null;
        }

        return codec switch
        {
            SequenceCodecModel sequence => sequence with { Element = ObjectForms.Of(sequence.Element) },
            DictionaryCodecModel dictionary => dictionary with { Key = ObjectForms.Of(dictionary.Key), Value = ObjectForms.Of(dictionary.Value) },
            _ => codec,
        };
    }

    private TupleCodecModel? BuildTuple(INamedTypeSymbol type, string name, string where, IReadOnlyList<(string Member, ITypeSymbol Type)> items)
    {
        var forms = new List<TupleItem>();
        foreach (var item in items)
        {
            if (parser.GetForm(item.Type, where) is not { } form)
            {
                return null;
            }

            forms.Add(new TupleItem(item.Member, form));
        }

        return new TupleCodecModel(name, TypeNames.WithoutNull(type), type.IsReferenceType, new EquatableArray<TupleItem>(forms));
    }

    private TupleCodecModel? BuildGroup(INamedTypeSymbol type, string name, string where)
    {
        var (key, element) = (type.TypeArguments[0], type.TypeArguments[1]);
        var elements = compilation.GetSpecialType(SpecialType.System_Collections_Generic_IEnumerable_T).Construct(element);
        return parser.GetForm(key, where) is { } keyForm && parser.GetForm(elements, where) is { } elementsForm
            ? new TupleCodecModel(
                name,
                TypeNames.WithoutNull(type),
                IsReferenceType: true,
                new EquatableArray<TupleItem>([new TupleItem("Key", keyForm), new TupleItem("Elements", elementsForm) { Value = "value" }]))
            {
                CreatedType = $"global::TypedCache.Values.MessagePackGrouping<{DictionaryShapes.Arguments(key, element)}>",
            }
            : null;
    }

    private SequenceCodecModel? BuildSequence(INamedTypeSymbol type, string name, string where, ITypeSymbol element, SequenceShape shape) =>
        parser.GetForm(element, where) is { } form
            ? new SequenceCodecModel(name, TypeNames.WithoutNull(type), type.IsReferenceType, TypeNames.Of(element), form, shape)
            : null;

    private DictionaryCodecModel? BuildDictionary(
        INamedTypeSymbol type, string name, string where, ITypeSymbol key, ITypeSymbol value, SequenceShape shape)
    {
        if (parser.GetForm(key, where) is not { } keyForm || parser.GetForm(value, where) is not { } valueForm)
        {
            return null;
        }

        var pair = $"global::System.Collections.Generic.KeyValuePair<{DictionaryShapes.Arguments(key, value)}>";
        return new DictionaryCodecModel(name, TypeNames.WithoutNull(type), type.IsReferenceType, pair, keyForm, valueForm, shape);
    }
}
