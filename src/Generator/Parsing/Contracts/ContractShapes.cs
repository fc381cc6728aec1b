using System.Globalization;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;

namespace TypedCache.Generator.Parsing.Contracts;

/// <summary>Tells the shapes of stored values from the codecs that write them.</summary>
internal sealed class ContractShapes
{
    private const string BuiltIn = RuntimeNames.Code.BuiltInCodecs + ".";
    private const string Global = "global::";

    private readonly Dictionary<string, CodecModel> _codecs;
    private readonly Dictionary<string, ContractShape> _shapes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <param name="codecs">The codecs of the interface.</param>
    public ContractShapes(IEnumerable<CodecModel> codecs)
    {
        _codecs = codecs.ToDictionary(static codec => codec.Name, StringComparer.Ordinal);
        foreach (var codec in _codecs.Values)
        {
            AddShape(codec);
        }
    }

    /// <summary>The shapes of all types that have a name.</summary>
    public EquatableArray<ContractShape> Shapes => new(_shapes.Values.OrderBy(static shape => shape.Name, StringComparer.Ordinal));

    /// <summary>A type without the root of all namespaces.</summary>
    public static string Bare(string code) => code.Replace(Global, "");

    /// <summary>What writes a value.</summary>
    public string CodecOf(CodecReference codec) =>
        _codecs.ContainsKey(codec.Writes) ? ContractCodec.MessagePack
        : codec.Writes.StartsWith(BuiltIn, StringComparison.Ordinal) ? ContractCodec.Plain
        : Bare(codec.Writes);

    /// <summary>The type of a value; what a codec of the project writes has only a name.</summary>
    public ContractType ValueOf(MethodCodec codec)
    {
        var writes = codec.Reference.Writes;
        return _codecs.ContainsKey(writes) ? TypeOf(writes, isNullable: false) with { IsNullable = false }
            : writes.StartsWith(BuiltIn, StringComparison.Ordinal) ? new ContractType.Leaf(PlainName(writes.Substring(BuiltIn.Length)), IsNullable: false)
            : ForeignType(codec.ValueType.TrimEnd('?'));
    }

    // A codec of the project writes what it likes: the type is there for people.
    private static ContractType ForeignType(string type) =>
        ContractLeaf.IsLeaf(type) ? new ContractType.Leaf(type, IsNullable: false) : new ContractType.Named(Bare(type), IsNullable: false);

    private static string PlainName(string codec) => codec switch
    {
        "Bytes" => "byte[]",
        "Memory" => "ReadOnlyMemory<byte>",
        _ => SimpleTypeNames.Of(codec),
    };

    private void AddShape(CodecModel codec)
    {
        var name = Bare(codec.TypeName);
        if (codec is ObjectCodecModel item)
        {
            _shapes[name] = new ContractShape.Object(name, item.KeyedByName, new EquatableArray<ContractMember>(Ordered(item).Select(member => Member(item, member))))
            {
                IsStruct = !item.IsReferenceType,
            };
        }
        else if (codec is UnionCodecModel union)
        {
            _shapes[name] = new ContractShape.Union(
                name, new EquatableArray<ContractCase>(union.Cases.OrderBy(static one => one.Key).Select(one => new ContractCase(one.Key, TypeOf(one.Form) with { IsNullable = false }))));
        }
        else if (codec is LeafCodecModel { Form: ValueForm.Enum leaf })
        {
            AddEnum(leaf);
        }
    }

    private static IEnumerable<MemberModel> Ordered(ObjectCodecModel codec) => codec.KeyedByName
        ? codec.Members.OrderBy(static member => member.Key, StringComparer.Ordinal)
        : codec.Members.OrderBy(static member => member.Index);

    private ContractMember Member(ObjectCodecModel codec, MemberModel member) => new(
        codec.KeyedByName ? member.Key : member.Index.ToString(CultureInfo.InvariantCulture),
        member.Name.TrimStart('@'),
        TypeOf(member.Form))
    {
        IsRequired = member.IsNullWhenMissing,
        IsWritten = member.IsWritten,
        IsRead = member.Restore != MemberRestore.Nowhere,
    };

    private ContractType TypeOf(ValueForm form) => form switch
    {
        ValueForm.Primitive primitive => Leaf(SimpleTypeNames.Of(primitive.Reader), form),
        ValueForm.Bytes => Leaf("byte[]", form),
        ValueForm.Formatter formatter => Leaf(FormatterName(formatter.Name), form),
        ValueForm.Enum item => AddEnum(item),
        ValueForm.Codec codec => TypeOf(codec.Name, _codecs[codec.Name].IsReferenceType && !form.CanBeNil),
        _ => throw new InvalidOperationException($"A form of type {form.GetType()} is not known."),
    };

    // A type whose null is one of its values says by an annotation that it has none.
    private static ContractType.Leaf Leaf(string name, ValueForm form) =>
        new(name, !form.CanBeNil && ContractLeaf.ReadsNull(name) == ContractLeaf.NullRead.Null);

    private ContractType TypeOf(string codec, bool isNullable)
    {
        // A collection of itself has no end; it is named, and then not described.
        if (!_open.Add(codec))
        {
            return new ContractType.Named(Bare(_codecs[codec].TypeName), isNullable);
        }

        var type = Describe(_codecs[codec], isNullable);
        _open.Remove(codec);
        return type;
    }

    private ContractType Describe(CodecModel codec, bool isNullable) => codec switch
    {
        ObjectCodecModel or UnionCodecModel => new ContractType.Named(Bare(codec.TypeName), isNullable),
        TupleCodecModel { IsReferenceType: true } model => new ContractType.Wrapped(Tuple(model), isNullable),
        TupleCodecModel model => Tuple(model),
        DictionaryCodecModel model => new ContractType.Map(TypeOf(model.Key), TypeOf(model.Value), isNullable),
        GridCodecModel model => new ContractType.Grid(model.Rank, TypeOf(model.Element), isNullable),
        SequenceCodecModel model => new ContractType.List(TypeOf(model.Element), isNullable),
        NullableCodecModel model => TypeOf(model.Underlying) with { IsNullable = true },
        LazyCodecModel model => new ContractType.Wrapped(TypeOf(model.Underlying), isNullable),
        ValueObjectCodecModel { IsReferenceType: true } model => new ContractType.Wrapped(TypeOf(model.Inside), isNullable),
        ValueObjectCodecModel model => Inside(model.Inside, isNullable),
        NestedCodecModel model => new ContractType.Custom(Bare(model.Writes), isNullable),
        LeafCodecModel model => Inside(model.Form, isNullable),
        var other => throw new InvalidOperationException($"A codec of type {other.GetType()} is not known."),
    };

    private ContractType.Tuple Tuple(TupleCodecModel model) => new(new EquatableArray<ContractType>(model.Items.Select(item => TypeOf(item.Form))), IsNullable: false);

    private ContractType Inside(ValueForm form, bool isNullable)
    {
        var type = TypeOf(form);
        return isNullable ? type with { IsNullable = true } : type;
    }

    private ContractType.Named AddEnum(ValueForm.Enum form)
    {
        var name = Bare(form.TypeName);
        var members = form.Members.OrderBy(static member => member.Number).ThenBy(static member => member.Name, StringComparer.Ordinal);
        _shapes[name] = new ContractShape.Enum(name, form.Underlying, new EquatableArray<ContractEnumMember>(members)) { IsFlags = form.IsFlags };
        return new ContractType.Named(name, IsNullable: false);
    }

    private static string FormatterName(string formatter)
    {
        const string Suffix = "Formatter";
        return formatter.Substring(0, formatter.Length - Suffix.Length) switch
        {
            "ByteArraySegment" => "ArraySegment<byte>",
            "ByteMemory" => "Memory<byte>",
            "ByteReadOnlyMemory" => "ReadOnlyMemory<byte>",
            "ByteReadOnlySequence" => "ReadOnlySequence<byte>",
            var name => SimpleTypeNames.Of(name),
        };
    }
}
