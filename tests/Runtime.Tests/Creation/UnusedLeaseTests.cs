using TypedCache.Values;

namespace TypedCache.Tests.Creation;

/// <summary>Reads which cannot use a lease win it all the same when a value was invalidated. They give it back, and harm nothing newer.</summary>
public sealed class UnusedLeaseTests : IAsyncDisposable
{
    private const int Rounds = 300;

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);
    private static readonly GetOrCreateOptions Stale = new() { Expires = TimeSpan.FromMinutes(1), Stale = Grace };

    private readonly Fleet _fleet = new();
    private readonly MemcachedPool _reader;
    private readonly MemcachedPool _writer;

    public UnusedLeaseTests() => (_reader, _writer) = (_fleet.Join(), _fleet.Join());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Theory]
    [InlineData("get")]
    [InlineData("get value")]
    [InlineData("exists")]
    [InlineData("touch")]
    [InlineData("get and touch")]
    [InlineData("get value and touch")]
    [InlineData("get many")]
    [InlineData("get, and leave")]
    [InlineData("get or create, and leave")]
    public async Task A_newer_set_stays_fresh(string way)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await _writer.SetAsync("k", "old", Text, TimeSpan.FromHours(1), Token);
            await _writer.InvalidateAsync("k", Grace, Token);
            var read = ReadAsync(way);
            var set = _writer.SetAsync("k", "new", Text, TimeSpan.FromHours(1), Token);
            await read;
            await set;
            await UntilReturnedAsync();

            Assert.Equal("new", await _writer.GetOrCreateAsync("k", Never, Text, Stale, cancellationToken: Token));
            Assert.Equal(0, _writer.WaitingForCreation);
        }
    }

    [Theory]
    [InlineData("get")]
    [InlineData("exists")]
    [InlineData("touch")]
    [InlineData("get and touch")]
    [InlineData("get, and leave")]
    public async Task Where_there_is_none_the_next_caller_refreshes_at_once(string way)
    {
        await _writer.SetAsync("k", "old", Text, TimeSpan.FromHours(1), Token);
        await _writer.InvalidateAsync("k", Grace, Token);
        await ReadAsync(way);
        await UntilReturnedAsync();
        var refresh = new GatedCreate();

        Assert.Equal("old", await _writer.GetOrCreateAsync("k", refresh.CreateAsync, Text, Stale, cancellationToken: Token));
        await refresh.Started;
        refresh.Return("new");
        await Fleet.UntilAsync(() => _writer.WaitingForCreation == 0);
        Assert.Equal("new", await _reader.GetAsync("k", Text, Token));
    }

    // Nobody lets the clock go on: whoever waited for a poll would wait for ever.
    [Fact]
    public async Task A_caller_right_behind_a_read_of_its_process_waits_for_no_poll()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await _writer.SetAsync("k", "old", Text, TimeSpan.FromHours(1), Token);
            await _writer.InvalidateAsync("k", Grace, Token);
            var read = _reader.GetAsync("k", Text, Token);
            var created = _reader.GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), Text, new GetOrCreateOptions { Expires = TimeSpan.FromMinutes(1) }, cancellationToken: Token);

            Assert.Equal("old", await read);
            Assert.Equal("new", await created.AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token));
        }
    }

    private static ValueTask<string> Never(CancellationToken token) => throw new InvalidOperationException("created although there is a value");

    private async Task ReadAsync(string way)
    {
        switch (way)
        {
            case "get":
                await _reader.GetAsync("k", Text, Token);
                break;
            case "get value":
                await _reader.GetValueAsync("k", Text, Token);
                break;
            case "exists":
                await _reader.ExistsAsync("k", Token);
                break;
            case "touch":
                await _reader.TouchAsync("k", TimeSpan.FromHours(1), Token);
                break;
            case "get and touch":
                await _reader.GetAndTouchAsync("k", Text, TimeSpan.FromHours(1), Token);
                break;
            case "get value and touch":
                await _reader.GetValueAndTouchAsync("k", Text, TimeSpan.FromHours(1), Token);
                break;
            case "get many":
                await _reader.GetManyAsync(["k", "other"], Text, Token);
                break;
            default:
                await LeaveAsync(way);
                break;
        }
    }

    private async Task LeaveAsync(string way)
    {
        using var leaves = new CancellationTokenSource();
        var read = way == "get, and leave"
            ? (Task)_reader.GetAsync("k", Text, leaves.Token).AsTask()
            : _reader.GetOrCreateAsync("k", async token => await Task.FromCanceled<string>(new CancellationToken(true)), Text, Stale, cancellationToken: leaves.Token).AsTask();
        await leaves.CancelAsync();
        try
        {
            await read;
        }
        catch (OperationCanceledException)
        {
        }

        await Fleet.UntilAsync(() => _reader.WaitingForCreation == 0);
    }

    // A lease that was won without its CAS number goes back in two steps.
    private async Task UntilReturnedAsync()
    {
        await _reader.GetAsync("fence", Text, Token);
        await _reader.GetAsync("fence", Text, Token);
    }
}
