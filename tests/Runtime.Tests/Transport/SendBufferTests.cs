using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public class SendBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public void Requests_stay_as_they_were_appended(int size)
    {
        var buffer = new SendBuffer();
        var value = new byte[size];
        new Random(size).NextBytes(value);
        for (var use = 0; use < 2; use++)
        {
            var first = Append(buffer, value);
            var second = Append(buffer, "short"u8);

            Assert.Equal([.. first, .. second], buffer.Written.ToArray());
            Assert.Equal(first.Length, buffer.LastRequest);
            buffer.Clear();
            Assert.Equal(0, buffer.Length);
        }
    }

    [Fact]
    public void A_burst_does_not_keep_its_memory()
    {
        var buffer = new SendBuffer();
        Append(buffer, new byte[2_000_000]);
        buffer.Clear();

        Assert.InRange(buffer.Capacity, 0, 100_000);
    }

    // Memory may run out anywhere. Without their line, the bytes of a value would be commands.
    [Fact]
    public void A_request_that_breaks_off_behind_its_line_leaves_nothing()
    {
        var buffer = new SendBuffer();
        var first = Append(buffer, "first"u8);

        Assert.Throws<InsufficientMemoryException>(() => buffer.Append(Set("\r\nmd other\r\n"u8), new BreakingProtocol("k")));

        Assert.Equal(first, buffer.Written.ToArray());
        var second = Append(buffer, "second"u8);
        Assert.Equal([.. first, .. second], buffer.Written.ToArray());
        Assert.Equal(first.Length, buffer.LastRequest);
    }

    private static StatusOperation Set(ReadOnlySpan<byte> value)
    {
        var operation = new StatusOperation();
        operation.Begin(Verb.Set, "k"u8);
        value.CopyTo(operation.Request.Payload.Resize(value.Length));
        return operation;
    }

    // Gives what has to stand in the buffer.
    private static byte[] Append(SendBuffer buffer, ReadOnlySpan<byte> value)
    {
        var operation = Set(value);
        buffer.Append(operation, MetaProtocol.Verified);
        return [.. Encoding.ASCII.GetBytes($"ms k {value.Length} O{operation.Request.Opaque}\r\n"), .. value, .. "\r\n"u8];
    }
}
