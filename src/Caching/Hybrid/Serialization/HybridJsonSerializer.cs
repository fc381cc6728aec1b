using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching;

/// <summary>Values as JSON, by the metadata of their type.</summary>
internal sealed class HybridJsonSerializer<T>(JsonTypeInfo<T> type) : IHybridCacheSerializer<T>
{
    private readonly JsonWriterOptions _writing = new() { Encoder = type.Options.Encoder, MaxDepth = type.Options.MaxDepth, SkipValidation = true };

    public T Deserialize(ReadOnlySequence<byte> source)
    {
        var reader = new Utf8JsonReader(source, new JsonReaderOptions
        {
            AllowTrailingCommas = type.Options.AllowTrailingCommas,
            CommentHandling = type.Options.ReadCommentHandling,
            MaxDepth = type.Options.MaxDepth,
        });
        return JsonSerializer.Deserialize(ref reader, type)!;
    }

    public void Serialize(T value, IBufferWriter<byte> target)
    {
        using var writer = new Utf8JsonWriter(target, _writing);
        JsonSerializer.Serialize(writer, value, type);
    }
}
