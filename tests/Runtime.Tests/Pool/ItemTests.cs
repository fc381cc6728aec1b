using System.Buffers;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>Items as they are stored: bytes and flags of the caller's own, and the time they have left.</summary>
public sealed class ItemTests : IDisposable
{
    private static readonly byte[] One = [1];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SharedServers _servers;

    public ItemTests() => _servers = new SharedServers(2, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task Bytes_and_flags_come_back_whatever_the_dialect_would_make_of_them(MemcachedProtocol protocol)
    {
        var pool = Connect(protocol);
        foreach (var flags in new uint[] { 0, 1, 2, 3, 0x80, 0x30, 0x10001, uint.MaxValue })
        {
            foreach (var length in new[] { 0, 5, 100_000 })
            {
                var bytes = new byte[length];
                bytes.AsSpan().Fill((byte)'a');
                await pool.SetItemAsync("k", bytes, Write, flags, cancellationToken: Token);
                var item = await pool.GetItemAsync("k", 0, static (in StoredItem item, int _) => (item.Payload.ToArray(), item.Info), Token);
                var (read, info) = item.Value;

                Assert.True(item.Found);
                Assert.Equal(bytes, read);
                Assert.Equal((flags, length), (info.Flags, info.Length));
                Assert.Equal(info, await pool.GetItemInfoAsync("k", Token));
            }
        }
    }

    [Fact]
    public async Task The_time_that_is_left_comes_with_an_item()
    {
        var pool = Connect();
        await pool.SetItemAsync("k", One, Write, 0, CacheExpiry.FromSeconds(100), Token);
        await pool.SetItemAsync("ever", One, Write, 0, cancellationToken: Token);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(70), (await pool.GetItemInfoAsync("k", Token))!.Value.TimeLeft);
        Assert.Equal(TimeSpan.FromSeconds(70), (await pool.GetItemAsync("k", 0, static (in StoredItem item, int _) => item.Info.TimeLeft, Token)).Value);
        Assert.Equal(Timeout.InfiniteTimeSpan, (await pool.GetItemInfoAsync("ever", Token))!.Value.TimeLeft);
    }

    [Fact]
    public async Task In_the_classic_protocol_the_time_that_is_left_is_unknown()
    {
        var pool = Connect(MemcachedProtocol.Classic);
        await pool.SetItemAsync("k", One, Write, 0, CacheExpiry.FromSeconds(100), Token);
        Assert.Null((await pool.GetItemInfoAsync("k", Token))!.Value.TimeLeft);
        Assert.Null((await pool.GetItemAsync("k", 0, static (in StoredItem item, int _) => item.Info.TimeLeft, Token)).Value);
    }

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task A_missing_item_is_a_miss_and_is_not_read(MemcachedProtocol protocol)
    {
        var pool = Connect(protocol);
        var read = await pool.GetItemAsync("k", 0, static (in StoredItem _, int _) => Fail(), Token);
        Assert.False(read.Found);
        Assert.Null(await pool.GetItemInfoAsync("k", Token));

        static int Fail() => throw new InvalidOperationException("there is nothing to read");
    }

    [Fact]
    public async Task What_a_reader_or_writer_throws_reaches_the_caller_and_nothing_else()
    {
        var pool = Connect();
        await pool.SetItemAsync("k", One, Write, 0, cancellationToken: Token);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await pool.GetItemAsync<int, int>("k", 0, static (in StoredItem _, int _) => throw new NotSupportedException(), Token));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await pool.SetItemAsync("k", 0, static (_, _) => throw new NotSupportedException(), 0, cancellationToken: Token));
        Assert.Equal(One, (await pool.GetItemAsync("k", 0, static (in StoredItem item, int _) => item.Payload.ToArray(), Token)).Value);
    }

    [Fact]
    public async Task An_item_goes_into_the_buffer_of_the_caller_and_comes_from_pieces()
    {
        var pool = Connect();
        await pool.SetItemAsync("k", "a piece and another", static (output, text) =>
        {
            foreach (var word in text.Split(' '))
            {
                output.Write(System.Text.Encoding.UTF8.GetBytes(word));
            }
        }, 7, cancellationToken: Token);
        var buffer = new ArrayBufferWriter<byte>();
        await pool.GetItemAsync("k", buffer, static (in StoredItem item, ArrayBufferWriter<byte> buffer) =>
        {
            buffer.Write(item.Payload.Span);
            return true;
        }, Token);
        Assert.Equal("apieceandanother"u8.ToArray(), buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public async Task Codecs_read_an_item_by_its_flags()
    {
        var pool = Connect();
        await pool.SetItemAsync("k", "text"u8.ToArray(), Write, 0, cancellationToken: Token);
        Assert.Equal("text", await pool.GetAsync("k", CacheCodecs.String, Token));
    }

    [Fact]
    public async Task Copies_are_written_as_with_any_other_value()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Redundancy = 2, MaxFailoverAttempts = 200 });
        await pool.SetItemAsync("k", new byte[] { 1, 2 }, Write, 9, cancellationToken: Token);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(9u, (await _servers.ConnectTo(i).GetItemInfoAsync("k", Token))!.Value.Flags);
        }
    }

    [Fact]
    public async Task An_item_over_a_limit_is_refused_and_says_so()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { MaxValueLength = 1000 });
        Assert.Equal(1000, pool.MaxValueLength);
        await pool.SetItemAsync("k", new byte[1000], Write, 0, cancellationToken: Token);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await pool.SetItemAsync("k", new byte[1001], Write, 0, cancellationToken: Token));

        var refused = await Assert.ThrowsAsync<MemcachedServerException>(async () => await Connect().SetItemAsync("k", new byte[2_000_000], Write, 0, cancellationToken: Token));
        Assert.True(refused.IsValueTooLarge);
        Assert.False(new MemcachedServerException("out of memory").IsValueTooLarge);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_is_not_sent()
    {
        var pool = Connect();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pool.SetItemAsync("k", One, Write, 0, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pool.GetItemInfoAsync("k", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pool.GetItemAsync("k", 0, static (in StoredItem _, int _) => 0, cancelled));
        Assert.Null(await pool.GetItemInfoAsync("k", Token));
    }

    private static void Write(IBufferWriter<byte> output, byte[] bytes) => output.Write(bytes);

    private MemcachedPool Connect(MemcachedProtocol protocol = MemcachedProtocol.Auto) =>
        _servers.Connect(new MemcachedPoolOptions { TimeProvider = _time, Protocol = protocol });
}
