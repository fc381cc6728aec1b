using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Contracts;

namespace TypedCache.Generator.Parsing.Dialects;

/// <summary>
/// Looks for something in a value that <c>MessagePackTranscoder</c> of EnyimMemcachedCore writes otherwise: it has MessagePack's native forms of
/// decimal, Guid and DateTime, and stores what is a number, text or enum by itself as such.
/// </summary>
/// <param name="codecs">The codecs of the interface by their names.</param>
internal sealed class EnyimMessagePackParts(IReadOnlyDictionary<string, CodecModel> codecs)
{
    private const string Suffix = "Formatter";

    // With the others MessagePack's versions differ, or its resolvers.
    private static readonly HashSet<string> SameFormatters = new(StringComparer.Ordinal)
    {
        "BigIntegerFormatter", "BitArrayFormatter", "ComplexFormatter", "NilFormatter", "StringBuilderFormatter", "TimeSpanFormatter", "UriFormatter", "VersionFormatter",
        "ByteArraySegmentFormatter", "ByteMemoryFormatter", "ByteReadOnlyMemoryFormatter", "ByteReadOnlySequenceFormatter",
    };

    private readonly Stack<(ValueForm Form, string Path)> _open = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The first such part, in the order of the declarations; null where there is none.</summary>
    /// <param name="root">The value's codec.</param>
    /// <param name="name">The value's type, for people.</param>
    public DialectObstacle? Find(string root, string name)
    {
        if (Single(root) is { } single)
        {
            return single;
        }

        _open.Push((new ValueForm.Codec(root, CanBeNil: false), name));
        while (_open.Count > 0)
        {
            var (form, path) = _open.Pop();
            if (form is ValueForm.Codec codec)
            {
                Open(codec, path);
            }
            else if (OtherForm(form) is { } type)
            {
                var what = path == name ? "it is or contains" : $"'{path}' is or contains";
                return new DialectObstacle($"{what} '{type}', which Enyim's MessagePackTranscoder has in another form", "another type there");
            }
        }

        return null;
    }

    // What is written as nothing but one number, text or enum.
    private DialectObstacle? Single(string root)
    {
        var name = root;
        while (true)
        {
            var form = codecs[name] switch
            {
                LeafCodecModel leaf => leaf.Form,
                NullableCodecModel nullable => nullable.Underlying,
                LazyCodecModel lazy => lazy.Underlying,
                ValueObjectCodecModel valueObject => valueObject.Inside,
                _ => null,
            };
            switch (form)
            {
                case ValueForm.Codec next:
                    name = next.Name;
                    continue;
                case ValueForm.Primitive { Reader: not nameof(DateTime) } or ValueForm.Bytes or ValueForm.Enum:
                    return new DialectObstacle("it is stored as MessagePack, but Enyim has a single text or number as such", $"{TypeInside(form)} itself");
                default:
                    return null;
            }
        }
    }

    private void Open(ValueForm.Codec codec, string path)
    {
        if (!_seen.Add(codec.Name))
        {
            return;
        }

        foreach (var part in Parts(codecs[codec.Name], path).Reverse())
        {
            _open.Push(part);
        }
    }

    private static IEnumerable<(ValueForm Form, string Path)> Parts(CodecModel codec, string path) => codec switch
    {
        ObjectCodecModel item => item.Members.Select(member => (member.Form, $"{path}.{member.Name.TrimStart('@')}")),
        TupleCodecModel tuple => tuple.Items.Select(item => (item.Form, $"{path}.{item.Member.TrimStart('@')}")),
        _ => codec.Parts.Select(part => (part, path)),
    };

    private static string? OtherForm(ValueForm form) => form switch
    {
        ValueForm.Primitive { Reader: nameof(DateTime) } => nameof(DateTime),
        ValueForm.Formatter formatter when !SameFormatters.Contains(formatter.Name) => SimpleTypeNames.Of(formatter.Name.Substring(0, formatter.Name.Length - Suffix.Length)),
        _ => null,
    };

    private static string TypeInside(ValueForm form) => form switch
    {
        ValueForm.Primitive primitive => "the " + SimpleTypeNames.Of(primitive.Reader),
        ValueForm.Enum number => "its " + number.Underlying,
        _ => "the bytes",
    };
}
