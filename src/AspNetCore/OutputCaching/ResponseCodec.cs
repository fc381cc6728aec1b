using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TypedCache.Values;

namespace TypedCache.AspNetCore;

/// <summary>
/// The bytes of a stored response: the length of its whole key, the key, and the value. The key on the wire may end in a hash, so the
/// whole one is compared before a response goes to anybody. It is UTF-16, which holds any text as it is.
/// </summary>
/// <param name="key">The key.</param>
/// <param name="destination">Takes what is read, and is advanced by whoever uses it; null: it is read as an array.</param>
internal sealed class ResponseCodec(string key, IBufferWriter<byte>? destination) : ICacheCodec<Response>
{
    private ReadOnlySpan<byte> KeyBytes => MemoryMarshal.AsBytes(key.AsSpan());

    public void Write(ref ValueWriter writer, Response value)
    {
        var output = writer.BeginRaw();

        // Room for all of it, so that it grows once.
        output.GetSpan(checked((int)(sizeof(int) + KeyBytes.Length + value.Value.Length)));
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), KeyBytes.Length);
        output.Advance(sizeof(int));
        output.Write(KeyBytes);
        foreach (var piece in value.Value)
        {
            output.Write(piece.Span);
        }
    }

    public Response Read(in StoredValue stored)
    {
        var bytes = stored.Payload.Span;
        if (stored.Kind != ValueKind.Raw || !BinaryPrimitives.TryReadInt32LittleEndian(bytes, out var length) || length != KeyBytes.Length || !bytes[sizeof(int)..].StartsWith(KeyBytes))
        {
            return default;
        }

        var value = bytes[(sizeof(int) + length)..];
        if (destination is null)
        {
            return new Response { IsFound = true, Bytes = value.ToArray(), Length = value.Length };
        }

        value.CopyTo(destination.GetSpan(Math.Max(value.Length, 1)));
        return new Response { IsFound = true, Length = value.Length };
    }
}
