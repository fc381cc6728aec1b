using System.Buffers;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

public abstract partial class OperationSuite
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(500_000)]
    public async Task Items_come_back_with_bytes_flags_and_time(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        await Pool.SetItemAsync(Key(), bytes, static (output, bytes) => output.Write(bytes), 0x12345680, CacheExpiry.FromSeconds(1000), Token);
        var read = await Pool.GetItemAsync(Key(), 0, static (in StoredItem item, int _) => (Bytes: item.Payload.ToArray(), item.Info), Token);
        var info = await Pool.GetItemInfoAsync(Key(), Token);

        Assert.Equal(bytes, read.Value.Bytes);
        Assert.Equal((0x12345680u, length), (read.Value.Info.Flags, read.Value.Info.Length));
        Assert.Equal((0x12345680u, length), (info!.Value.Flags, info.Value.Length));
        if (info.Value.TimeLeft is { } left)
        {
            // Only the meta protocol says it; a loaded machine may take its time.
            Assert.InRange(left.TotalSeconds, 900, 1000);
        }
    }

    [Fact]
    public async Task A_missing_item_has_neither_bytes_nor_flags()
    {
        Assert.False((await Pool.GetItemAsync(Key(), 0, static (in StoredItem _, int _) => 0, Token)).Found);
        Assert.Null(await Pool.GetItemInfoAsync(Key(), Token));
    }

    [Fact]
    public async Task An_item_that_is_too_large_says_so()
    {
        var refused = await Assert.ThrowsAsync<MemcachedServerException>(
            async () => await Pool.SetItemAsync(Key(), new byte[2_000_000], static (output, bytes) => output.Write(bytes), 0, cancellationToken: Token));
        Assert.True(refused.IsValueTooLarge);
    }
}
