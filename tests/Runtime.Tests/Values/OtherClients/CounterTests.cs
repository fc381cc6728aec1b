using System.Text;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>memcached counts digits, whatever form numbers have in a dialect.</summary>
public sealed class CounterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Dialects => [.. AllDialects.Of.Select(dialect => dialect.ToString())];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_counter_that_has_been_set_can_be_counted(string name)
    {
        var dialect = AllDialects.Of.Single(dialect => dialect.ToString() == name);
        await using var pool = MemcachedPool.InMemory(configure: options => options.ValueDialect = dialect);
        var counter = new CacheCounter(pool, "views"u8);

        await counter.ResetAsync(41, Cancel);

        var stored = await pool.GetItemAsync("views", 0, static (in item, _) => Encoding.ASCII.GetString(item.Payload.Span), Cancel);
        Assert.Equal("41", stored.Value);
        Assert.Equal(41u, await counter.GetAsync(Cancel));
        Assert.Equal(42u, await counter.IncrementAsync(cancellationToken: Cancel));
        Assert.Equal(42u, await counter.GetAsync(Cancel));
    }
}
