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
    private readonly StringBuilder _text = new();

    // Types can be linked thousands deep, so that what is left to say lies here and not on the call stack: text, or the form of a value.
    private readonly Stack<object> _open = new();

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

    private string Describe(string root)
    {
        Enter(root);
        while (_open.Count > 0)
        {
            switch (_open.Pop())
            {
                case ValueForm.Codec codec:
                    Enter(codec.Name);
                    break;
                case ValueForm form:
                    _text.Append(Leaf(form));
                    break;
                case var text:
                    _text.Append(text);
                    break;
            }
        }

        return _text.ToString();
    }

    // A type that was met before is named by its number, so that recursion ends.
    private void Enter(string name)
    {
        if (_visited.TryGetValue(name, out var number))
        {
            _text.Append(FormattableString.Invariant($"#{number}"));
            return;
        }

        _visited.Add(name, _visited.Count);
        foreach (var part in Parts(_codecs[name]).Reverse())
        {
            _open.Push(part);
        }
    }

    private static IEnumerable<object> Parts(CodecModel codec) => codec switch
    {
        ObjectCodecModel { KeyedByName: true } model => Join("{", model.Members.OrderBy(static member => member.Key, StringComparer.Ordinal), static member => $"{member.Key.Length}{member.Key}:", static member => member.Form, "}"),
        ObjectCodecModel model => Join("[", model.Members.OrderBy(static member => member.Index), static member => Label(member.Index), static member => member.Form, "]"),
        UnionCodecModel model => Join("union(", model.Cases.OrderBy(static item => item.Key), static item => Label(item.Key), static item => item.Form, ")"),
        TupleCodecModel model => Join("(", model.Items, static _ => "", static item => item.Form, ")"),
        DictionaryCodecModel model => ["map(", model.Key, ",", model.Value, ")"],
        GridCodecModel model => [FormattableString.Invariant($"grid{model.Rank}("), model.Element, ")"],
        SequenceCodecModel model => ["list(", model.Element, ")"],
        NullableCodecModel model => [model.Underlying, Nullable.ToString()],
        LazyCodecModel model => [model.Underlying],
        ValueObjectCodecModel model => [model.Inside],
        NestedCodecModel model => [$"codec({model.Writes})"],
        LeafCodecModel model => [model.Form],
        _ => throw new InvalidOperationException($"A codec of type {codec.GetType()} is not known."),
    };

    private static IEnumerable<object> Join<T>(string start, IEnumerable<T> items, Func<T, string> label, Func<T, ValueForm> form, string end)
    {
        var next = start;
        foreach (var item in items)
        {
            yield return next + label(item);
            yield return form(item);
            next = ",";
        }

        if (next == start)
        {
            yield return start;
        }

        yield return end;
    }

    private static string Leaf(ValueForm form) => form switch
    {
        ValueForm.Primitive primitive => primitive.Reader,
        ValueForm.Bytes => "Bytes",
        ValueForm.Enum number => number.Reader,
        ValueForm.Formatter formatter => formatter.Name,
        _ => throw new InvalidOperationException($"A form of type {form.GetType()} is not known."),
    };

    private static string Label(int key) => FormattableString.Invariant($"{key}:");
}
