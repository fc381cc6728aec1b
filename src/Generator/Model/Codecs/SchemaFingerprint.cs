using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TypedCache.Generator.Model.Codecs;

/// <summary>Describes what bytes a codec writes, and nothing else: the names of types, of numbered members and of enum members are no part of it.</summary>
internal sealed class SchemaFingerprint
{
    private const int Bytes = 4;

    // Of the whole value it is taken off: one method reads T? and another stores T.
    private const char Nullable = '?';

    private readonly Dictionary<string, CodecModel> _codecs;
    private readonly Dictionary<string, int> _visited = [];

    private SchemaFingerprint(IEnumerable<CodecModel> codecs)
    {
        _codecs = codecs.ToDictionary(static codec => codec.Name);
    }

    /// <summary>The fingerprint, as hex digits.</summary>
    /// <param name="codecs">The codecs of the interface.</param>
    /// <param name="root">The value's codec: the name of one of them, or the expression of another one.</param>
    public static string Compute(IEnumerable<CodecModel> codecs, string root)
    {
        var schema = new SchemaFingerprint(codecs);
        var text = schema._codecs.ContainsKey(root) ? schema.Describe(root).TrimEnd(Nullable) : root;
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(Bytes).Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }

    // A type that was met before is named by its number, so that recursion ends.
    private string Describe(string name)
    {
        if (_visited.TryGetValue(name, out var number))
        {
            return FormattableString.Invariant($"#{number}");
        }

        _visited.Add(name, _visited.Count);
        return _codecs[name] switch
        {
            ObjectCodecModel model => Describe(model),
            UnionCodecModel model => $"union({Join(model.Cases.OrderBy(static item => item.Key).Select(item => Pair(item.Key, item.Form)))})",
            TupleCodecModel model => $"({Join(model.Items.Select(item => Describe(item.Form)))})",
            DictionaryCodecModel model => $"map({Describe(model.Key)},{Describe(model.Value)})",
            GridCodecModel model => FormattableString.Invariant($"grid{model.Rank}({Describe(model.Element)})"),
            SequenceCodecModel model => $"list({Describe(model.Element)})",
            NullableCodecModel model => Describe(model.Underlying) + Nullable,
            LazyCodecModel model => Describe(model.Underlying),
            LeafCodecModel model => Describe(model.Form),
            var model => throw new InvalidOperationException($"A codec of type {model.GetType()} is not known."),
        };
    }

    private string Describe(ObjectCodecModel model) => model.KeyedByName
        ? $"{{{Join(model.Members.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key.Length}{member.Key}:{Describe(member.Form)}"))}}}"
        : $"[{Join(model.Members.OrderBy(static member => member.Index).Select(member => Pair(member.Index, member.Form)))}]";

    private string Describe(ValueForm form) => form switch
    {
        ValueForm.Primitive primitive => primitive.Reader,
        ValueForm.Bytes => "Bytes",
        ValueForm.Enum number => number.Reader,
        ValueForm.Formatter formatter => formatter.Name,
        ValueForm.Codec codec => Describe(codec.Name),
        _ => throw new InvalidOperationException($"A form of type {form.GetType()} is not known."),
    };

    private string Pair(int key, ValueForm form) => FormattableString.Invariant($"{key}:{Describe(form)}");

    private static string Join(IEnumerable<string> parts) => string.Join(",", parts);
}
