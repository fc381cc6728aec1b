using System.IO.Compression;
using System.Text.Json;

namespace TypedCache.Tests.Vectors;

/// <summary>A value which a PHP extension was recorded to store: what it was given, what it sent, what it read back.</summary>
internal sealed class RecordedValue(JsonElement recorded)
{
    public string Expression => recorded.GetProperty("expr").GetString()!;

    public object? Input => PhpScalar.Of(recorded.GetProperty("input"));

    public object? Got => PhpScalar.Of(recorded.GetProperty("get"));

    public uint Flags => recorded.GetProperty("sent").GetProperty("flags").GetUInt32();

    public byte[] Bytes => recorded.GetProperty("sent").GetProperty("data_b64").GetBytesFromBase64();

    /// <summary>The values of a file which were sent, in order.</summary>
    public static IEnumerable<RecordedValue> Load(string name) =>
        from recorded in RecordedVectors.Load(name).GetProperty("cases").EnumerateArray()
        where recorded.GetProperty("sent").ValueKind == JsonValueKind.Object
        select new RecordedValue(recorded);

    /// <summary>An argument of the call, where it was given.</summary>
    public JsonElement? Argument(string name) => recorded.TryGetProperty(name, out var argument) ? argument : null;

    /// <summary>A php.ini setting, where it was changed.</summary>
    public string? Setting(string name) =>
        Argument("ini") is { } ini && ini.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static byte[] Inflate(byte[] bytes)
    {
        using var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        return plain.ToArray();
    }
}
