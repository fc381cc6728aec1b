using System.IO.Compression;
using System.Text.Json;

namespace TypedCache.Tests.Vectors;

/// <summary>What the real PHP extensions did, recorded in tests/Vectors.</summary>
internal static class RecordedVectors
{
    public static JsonElement Load(string name)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Vectors", $"{name}.json.gz"));
        using var json = new GZipStream(file, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
