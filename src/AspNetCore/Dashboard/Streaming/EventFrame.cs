using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>One server-sent event, as it goes over the wire. All viewers share its bytes.</summary>
internal static class EventFrame
{
    /// <summary>Makes it. JSON of the serializer has no line break in it.</summary>
    public static byte[] Of<T>(ReadOnlySpan<byte> name, T data, JsonTypeInfo<T> type)
    {
        var frame = new ArrayBufferWriter<byte>();
        frame.Write("event: "u8);
        frame.Write(name);
        frame.Write("\ndata: "u8);
        using (var json = new Utf8JsonWriter(frame))
        {
            JsonSerializer.Serialize(json, data, type);
        }

        frame.Write("\n\n"u8);
        return frame.WrittenSpan.ToArray();
    }
}
