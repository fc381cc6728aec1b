using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public class SendBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public void Bytes_stay_as_they_were_appended(int size)
    {
        var buffer = new SendBuffer();
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        for (var use = 0; use < 2; use++)
        {
            buffer.Append("get "u8);
            buffer.Append(bytes);
            "\r\n"u8.CopyTo(buffer.Reserve(2));
            buffer.Advance(2);

            Assert.Equal([.. "get "u8, .. bytes, .. "\r\n"u8], buffer.Written.ToArray());
            buffer.Clear();
            Assert.Equal(0, buffer.Length);
        }
    }

    [Fact]
    public void A_burst_does_not_keep_its_memory()
    {
        var buffer = new SendBuffer();
        buffer.Append(new byte[2_000_000]);
        buffer.Clear();
        Assert.True(buffer.Reserve(1).Length < 100_000);
    }
}
