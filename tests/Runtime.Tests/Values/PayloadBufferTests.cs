using System.Buffers;
using CsCheck;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

public class PayloadBufferTests
{
    private readonly PayloadBuffer _buffer = new();

    [Fact]
    public void What_is_written_in_pieces_stays_in_order_across_growth()
    {
        Check.Sample(Gen.Byte.Array[0, 700].Array[0, 12], pieces =>
        {
            var buffer = new PayloadBuffer();
            foreach (var piece in pieces)
            {
                buffer.Write(piece);
            }

            Assert.Equal(pieces.SelectMany(piece => piece), buffer.Written.ToArray());
            Assert.Equal(buffer.Length, buffer.WrittenSpan.Length);
            buffer.Clear();
        }, iter: 500);
    }

    [Fact]
    public void A_cleared_buffer_is_empty_and_writes_anew()
    {
        _buffer.Write(new byte[5000]);
        _buffer.Clear();
        Assert.Equal(0, _buffer.Length);
        Assert.True(_buffer.Written.IsEmpty);
        _buffer.Write("new"u8);
        Assert.Equal("new"u8.ToArray(), _buffer.Written.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(100_000)]
    public void Resize_gives_exactly_the_length(int length)
    {
        _buffer.Write("old"u8);
        var span = _buffer.Resize(length);
        Assert.Equal(length, span.Length);
        span.Fill(7);
        Assert.Equal(length, _buffer.Length);
        Assert.True(_buffer.WrittenSpan.IndexOfAnyExcept((byte)7) < 0);
    }

    [Fact]
    public void Asking_without_a_size_gives_at_least_a_byte()
    {
        _buffer.Write(new byte[512]);
        Assert.True(_buffer.GetSpan().Length >= 1);
        Assert.True(_buffer.GetMemory(1000).Length >= 1000);
        Assert.Equal(512, _buffer.Length);
    }

    [Fact]
    public void Advancing_beyond_the_room_is_refused()
    {
        var room = _buffer.GetSpan().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => _buffer.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _buffer.Advance(-1));
        _buffer.Advance(room);
        Assert.Equal(room, _buffer.Length);
    }

    [Fact]
    public void More_than_an_array_can_hold_is_refused()
    {
        _buffer.Write("x"u8);
        Assert.Throws<InvalidOperationException>(() => _buffer.GetSpan(int.MaxValue));
        Assert.Equal(1, _buffer.Length);
    }
}
