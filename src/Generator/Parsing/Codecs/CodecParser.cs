using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>
/// Finds the codec of each value type of an interface, and collects those that have to be emitted. Made once for each interface;
/// what it gives holds no symbols.
/// </summary>
internal sealed class CodecParser
{
    /// <summary>Many more than a value has by design, and few enough for the compiler.</summary>
    private const int MaximumCodecs = 10_000;

    /// <summary>A chain of fewer codecs needs little stack, and has no more levels than readers leave room for (MessagePackLimits).</summary>
    private const int ManyCodecs = 500;

    private readonly Dictionary<string, Entry> _byType = new(StringComparer.Ordinal);
    private readonly List<Entry> _entries = [];
    private readonly List<Entry> _found = [];
    private readonly CodecNames _names;
    private readonly CodecBuilder _builder;
    private readonly NestedCodecs _nested;
    private CodecRefusal? _refusal;

    /// <param name="compilation">The project.</param>
    /// <param name="names">The names of the file in which the codecs will be; null for one in the global namespace with nothing else.</param>
    public CodecParser(Compilation compilation, ClientNames? names = null)
    {
        _builder = new CodecBuilder(compilation, this);
        _nested = new NestedCodecs(compilation);
        _names = new CodecNames(names ?? new ClientNames(compilation.GlobalNamespace));
    }

    /// <summary>The codecs to emit into the interface's file, each type once, in the order in which they were asked for.</summary>
    public EquatableArray<CodecModel> Codecs
    {
        get
        {
            var models = _entries.Select(static entry => entry.Model! with { IsRoot = entry.IsRoot }).ToList();
            var recursive = CodecRecursion.Find(models);
            return new EquatableArray<CodecModel>(CodecOrder.Sort(models).Select(model => model with
            {
                IsRecursive = recursive.Contains(model.Name) || models.Count > ManyCodecs,
            }));
        }
    }

    /// <summary>Whether a date that is a whole value is stored in the dialect's form and not as MessagePack.</summary>
    public bool HasDates { get; set; }

    /// <summary>Which kind of reason the type had that was refused last.</summary>
    public CodecRefusalKind LastRefusal => _refusal?.Kind ?? CodecRefusalKind.Other;

    /// <summary>How emitted code names the codec of a value type.</summary>
    /// <param name="type">The type of the value; whether it is annotated as nullable makes no difference.</param>
    /// <param name="reason">If there is none: what about that member stands in the way, and what fixes it.</param>
    public CodecReference? GetCodec(ITypeSymbol type, out string? reason)
    {
        reason = null;
        if (BuiltInCodecs.Find(type, HasDates) is { } builtIn)
        {
            return builtIn;
        }

        _refusal = null;
        var before = _entries.Count;
        var root = GetEntry(type, where: "");
        BuildFound();
        if (root is not null && _refusal is null)
        {
            root.IsRoot = true;
            return new CodecReference(root.Name + ".Instance", root.Name);
        }

        Forget(before);
        reason = _refusal?.Reason;
        return null;
    }

    /// <summary>How a value inside another one is written and read, or null after <see cref="Refuse"/>.</summary>
    /// <param name="where">The member that holds it, for messages; empty for the value itself.</param>
    internal ValueForm? GetForm(ITypeSymbol type, string where)
    {
        if (!_nested.Has(type) && LeafForms.Find(type) is { } leaf)
        {
            return leaf;
        }

        var canBeNil = type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.Annotated };
        return GetEntry(type, where) is { } entry ? new ValueForm.Codec(entry.Name, canBeNil) : null;
    }

    internal bool HasRefused => _refusal is not null;

    /// <summary>Keeps the reason why there is no codec; the first is the one that is told.</summary>
    internal void Refuse(string where, string reason, CodecRefusalKind kind = CodecRefusalKind.Other) =>
        _refusal ??= new CodecRefusal(where.Length == 0 ? reason : $"{where}: {reason}", kind);

    // What is inside is built later, so that types can be linked as deep as they like.
    private Entry? GetEntry(ITypeSymbol type, string where)
    {
        if (TypeSize.IsEndless(type))
        {
            Refuse(where, $"'{TypeNames.InMessage(type.OriginalDefinition)}' contains ever larger constructions of generic types");
            return null;
        }

        var key = TypeNames.WithoutNull(type);
        if (_byType.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_entries.Count == MaximumCodecs)
        {
            Refuse(where, $"the values of one client have more than {MaximumCodecs} types");
            return null;
        }

        var entry = new Entry(_names.Take(type), key, type, where);
        _byType.Add(key, entry);
        _entries.Add(entry);
        _found.Add(entry);
        return entry;
    }

    // Depth first and in order: an endless construction shows early, and of several reasons the first in the source is told.
    private void BuildFound()
    {
        var open = new Stack<Entry>();
        Open();
        while (open.Count > 0 && _refusal is null)
        {
            var entry = open.Pop();
            entry.Model = Build(entry);
            if (entry.Model is null)
            {
                Refuse(entry.Where, "no codec is known for it");
            }

            Open();
        }

        void Open()
        {
            for (var i = _found.Count - 1; i >= 0; i--)
            {
                open.Push(_found[i]);
            }

            _found.Clear();
        }
    }

    private CodecModel? Build(Entry entry)
    {
        if (_nested.Has(entry.Type))
        {
            var codec = _nested.Find(entry.Type, entry.Name, out var obstacle);
            if (obstacle is not null)
            {
                Refuse(entry.Where, obstacle);
            }

            return codec;
        }

        return LeafForms.Find(entry.Type) is { } leaf
            ? new LeafCodecModel(entry.Name, entry.Key, entry.Type.IsReferenceType, leaf)
            : _builder.Build(entry.Type, entry.Name, entry.Where);
    }

    /// <summary>Takes back what a value type without a codec had already brought along.</summary>
    private void Forget(int count)
    {
        foreach (var entry in _entries.Skip(count))
        {
            _byType.Remove(entry.Key);
            _names.Release(entry.Name);
        }

        _entries.RemoveRange(count, _entries.Count - count);
        _found.Clear();
    }

    private sealed class Entry(string name, string key, ITypeSymbol type, string where)
    {
        public string Name { get; } = name;

        public string Key { get; } = key;

        public ITypeSymbol Type { get; } = type;

        public string Where { get; } = where;

        public CodecModel? Model { get; set; }

        public bool IsRoot { get; set; }
    }
}
