using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Codecs.Contracts;
using TypedCache.Generator.Parsing.Naming;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs;

/// <summary>
/// Finds the codec of each value type of an interface, and collects those that have to be emitted. Made once for each interface;
/// what it gives holds no symbols.
/// </summary>
internal sealed class CodecParser
{
    /// <summary>A generic type that contains a larger construction of itself has no end; nobody nests this deep on purpose.</summary>
    private const int MaximumNesting = 64;

    private readonly Dictionary<string, Entry> _byType = new(StringComparer.Ordinal);
    private readonly List<Entry> _entries = [];
    private readonly CodecNames _names;
    private readonly CodecBuilder _builder;
    private int _nesting;
    private CodecRefusal? _refusal;

    /// <param name="compilation">The project.</param>
    /// <param name="names">The names of the file in which the codecs will be; null for one in the global namespace with nothing else.</param>
    public CodecParser(Compilation compilation, ClientNames? names = null)
    {
        _builder = new CodecBuilder(compilation, this);
        _names = new CodecNames(names ?? new ClientNames(compilation.GlobalNamespace));
    }

    /// <summary>The codecs to emit into the interface's file, each type once, in the order in which they were asked for.</summary>
    public EquatableArray<CodecModel> Codecs
    {
        get
        {
            var recursive = CodecRecursion.Find([.. _entries.Select(entry => entry.Model!)]);
            return new EquatableArray<CodecModel>(_entries.Select(entry => entry.Model! with
            {
                IsRoot = entry.IsRoot,
                IsRecursive = recursive.Contains(entry.Name),
            }));
        }
    }

    /// <summary>Which kind of reason the type had that was refused last.</summary>
    public CodecRefusalKind LastRefusal => _refusal?.Kind ?? CodecRefusalKind.Other;

    /// <summary>How emitted code names the codec of a value type.</summary>
    /// <param name="type">The type of the value; whether it is annotated as nullable makes no difference.</param>
    /// <param name="reason">If there is none: what about that member stands in the way, and what fixes it.</param>
    public CodecReference? GetCodec(ITypeSymbol type, out string? reason)
    {
        reason = null;
        if (BuiltInCodecs.Find(type) is { } builtIn)
        {
            return builtIn;
        }

        _refusal = null;
        var before = _entries.Count;
        if (GetEntry(type, where: "", isRoot: true) is { } entry)
        {
            entry.IsRoot = true;
            return new CodecReference(entry.Name + ".Instance", entry.Name);
        }

        Forget(before);
        reason = _refusal?.Reason;
        return null;
    }

    /// <summary>How a value inside another one is written and read, or null after <see cref="Refuse"/>.</summary>
    /// <param name="where">The member that holds it, for messages; empty for the value itself.</param>
    internal ValueForm? GetForm(ITypeSymbol type, string where)
    {
        if (MessagePackAttributes.Find(type, RuntimeNames.CacheCodecAttribute) is not null)
        {
            Refuse(where, $"'{TypeNames.InMessage(type)}' has a [CacheCodec], which writes whole values, not parts of others; "
                + "put it on the methods that store the type as a whole, or name a codec for the outer value too");
            return null;
        }

        if (LeafForms.Find(type) is { } leaf)
        {
            return leaf;
        }

        var canBeNil = type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.Annotated };
        return GetEntry(type, where, isRoot: false) is { } entry ? new ValueForm.Codec(entry.Name, canBeNil) : null;
    }

    internal bool HasRefused => _refusal is not null;

    /// <summary>Keeps the reason why there is no codec; the first is the one that is told.</summary>
    internal void Refuse(string where, string reason, CodecRefusalKind kind = CodecRefusalKind.Other) =>
        _refusal ??= new CodecRefusal(where.Length == 0 ? reason : $"{where}: {reason}", kind);

    private Entry? GetEntry(ITypeSymbol type, string where, bool isRoot)
    {
        var key = TypeNames.WithoutNull(type);
        if (_byType.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_nesting == MaximumNesting)
        {
            Refuse(where, $"'{TypeNames.InMessage(type)}' is nested more than {MaximumNesting} types deep");
            return null;
        }

        var entry = new Entry(_names.Take(type), key);
        _byType.Add(key, entry);
        _entries.Add(entry);
        _nesting++;
        entry.Model = isRoot && LeafForms.Find(type) is { } leaf
            ? new LeafCodecModel(entry.Name, key, type.IsReferenceType, leaf)
            : _builder.Build(type, entry.Name, where);
        _nesting--;
        return entry.Model is null ? null : entry;
    }

    /// <summary>Takes back what a value type without a codec had already brought along.</summary>
    private void Forget(int count)
    {
        foreach (var entry in _entries.Skip(count))
        {
            _byType.Remove(entry.Type);
            _names.Release(entry.Name);
        }

        _entries.RemoveRange(count, _entries.Count - count);
    }

    private sealed class Entry(string name, string type)
    {
        public string Name { get; } = name;

        public string Type { get; } = type;

        public CodecModel? Model { get; set; }

        public bool IsRoot { get; set; }
    }
}
