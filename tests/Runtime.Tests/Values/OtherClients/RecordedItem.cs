using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>An item that another client was recorded to store.</summary>
internal sealed record RecordedItem
{
    private static readonly Dictionary<string, ValueDialect> Dialects = new()
    {
        ["enyimmemcachedcore"] = ValueDialect.Enyim,
        ["enyimmemcachedcore messagepack"] = ValueDialect.EnyimMessagePack,
        ["enyim"] = ValueDialect.Enyim,
        ["aer bson"] = ValueDialect.Enyim,
        ["aer messagepack"] = ValueDialect.EnyimMessagePack,
        ["pymemcache default"] = ValueDialect.Plain,
        ["pymemcache encoding-utf8"] = ValueDialect.Plain,
        ["pymemcache"] = ValueDialect.Pymemcache,
        ["python-memcached"] = ValueDialect.PythonMemcached,
        ["dalli"] = ValueDialect.Dalli,
        ["spymemcached"] = ValueDialect.Spymemcached,
        ["xmemcached"] = ValueDialect.Spymemcached,
        ["gomemcache"] = ValueDialect.Plain,
        ["memjs"] = ValueDialect.Plain,
        ["node-memcached"] = ValueDialect.NodeMemcached,
    };

    private readonly string? _hash;

    private RecordedItem(string client, JsonElement recorded)
    {
        Mode = $"{client} {recorded.GetProperty("mode").GetString()}";
        Id = recorded.GetProperty("id").GetString()!;
        Flags = recorded.GetProperty("flags").GetUInt32();
        Dialect = Dialects.TryGetValue(Mode, out var dialect) ? dialect : Dialects[client];
        Bytes = recorded.TryGetProperty("b64", out var bytes) ? bytes.GetBytesFromBase64() : null;
        _hash = recorded.TryGetProperty("sha256", out var hash) ? hash.GetString() : null;
        Bytes ??= Plain is { } plain && Fits(plain) ? plain : null;
    }

    /// <summary>The client, and the way in which it was used.</summary>
    public string Mode { get; }

    /// <summary>Which value.</summary>
    public string Id { get; }

    public uint Flags { get; }

    /// <summary>The dialect that imitates the client.</summary>
    public ValueDialect Dialect { get; }

    /// <summary>What was stored; null if only its hash was recorded, and it is not the value itself.</summary>
    public byte[]? Bytes { get; }

    /// <summary>What the client's program gave it to store.</summary>
    public object? Value => Sample.Of(Id);

    /// <summary>Whether the client had no types: it stored the text of what is not a string.</summary>
    public bool IsUntyped => Dialect == ValueDialect.Plain || (Mode == "xmemcached primitiveAsString" && Flags == 0);

    /// <summary>Whether dates have a form of their own.</summary>
    public bool HasDates => Dialect == ValueDialect.Enyim || Dialect == ValueDialect.EnyimMessagePack || Dialect == ValueDialect.Spymemcached || Dialect == ValueDialect.NodeMemcached;

    private byte[]? Plain => Value switch
    {
        string text => Encoding.UTF8.GetBytes(text),
        byte[] bytes => bytes,
        _ => null,
    };

    /// <summary>Whether these are the bytes that were stored.</summary>
    public bool Fits(byte[] bytes) => Bytes is null ? _hash == Convert.ToHexStringLower(SHA256.HashData(bytes)) : Bytes.AsSpan().SequenceEqual(bytes);

    public override string ToString() => $"{Mode} {Id} (flags 0x{Flags:X})";

    /// <summary>The items of all clients.</summary>
    public static IEnumerable<RecordedItem> LoadAll() =>
        Dialects.Keys.Where(static name => !name.Contains(' ', StringComparison.Ordinal)).Append("aer").SelectMany(Load);

    private static IEnumerable<RecordedItem> Load(string client) =>
        from recorded in RecordedVectors.Load($"other-clients/{client}").GetProperty("values").EnumerateArray()
        where !recorded.TryGetProperty("sent", out var sent) || sent.GetBoolean()
        select new RecordedItem(client, recorded);
}
