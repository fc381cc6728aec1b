using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Creation;

/// <summary>What becomes of a value when those who create it, or the server, are ended in the middle.</summary>
public sealed class ChaosTests : IAsyncDisposable
{
    private const int Key = 7;

    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly string Name = VersionedSource.KeyOf(Key);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly GetOrCreateOptions Options = new()
    {
        Expires = TimeSpan.FromMinutes(10),
        Stale = TimeSpan.FromMinutes(5),
        LeaseTime = TimeSpan.FromSeconds(2),
        LeaseWait = Patience,
    };

    private readonly Fleet _fleet = new();
    private readonly VersionedSource _source = new(Key + 1);
    private readonly MemcachedPool _pool;
    private int _creates;

    public ChaosTests() => _pool = _fleet.Join(options => options.RetryInterval = TimeSpan.FromMilliseconds(100));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task When_the_holder_of_a_lease_is_killed_one_of_those_who_wait_creates()
    {
        using var holder = await HoldAsync();
        var calls = Enumerable.Range(0, 20).Select(_ => CallAsync()).ToArray();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == calls.Length);
        Assert.Equal(0, _creates);
        holder.Kill();

        await Task.WhenAll(calls);
        Assert.Equal(1, _creates);
        Assert.Equal(_source.Read(Key), await _pool.GetAsync(Name, Text, Token));
    }

    [Fact]
    public async Task When_the_holder_of_a_refresh_is_killed_all_get_the_stale_value_until_one_takes_over()
    {
        await CallAsync();
        await _source.WriteAsync(Key, async _ => await _pool.InvalidateAsync(Name, Options.Stale), isHard: false);
        using var holder = await HoldAsync();
        holder.Kill();

        var stale = await CallAsync();
        Assert.NotEqual(_source.Read(Key), stale);
        while (await CallAsync() == stale)
        {
            await Task.Delay(20, Token);
        }

        Assert.Equal(2, _creates);
        Assert.Equal(_source.Read(Key), await CallAsync());
    }

    [Fact]
    public async Task When_the_server_is_stopped_during_a_create_the_value_reaches_its_callers_and_later_the_server()
    {
        var gate = new TaskCompletionSource();
        var calls = Enumerable.Range(0, 20).Select(_ => CallAsync(gate.Task)).ToArray();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == calls.Length);
        _fleet.Stop(0);
        gate.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(1, _creates);

        await CallAsync();
        Assert.Equal(2, _creates);
        _fleet.Servers[0].Restart();
        await Fleet.UntilAsync(() => _pool.Servers[0].State != ServerState.Failed);
        await CallAsync();
        await CallAsync();
        Assert.Equal(3, _creates);
        Assert.Equal(_source.Read(Key), await _pool.GetAsync(Name, Text, Token));
    }

    [Fact]
    public async Task When_a_key_is_deleted_during_a_create_the_fill_is_refused()
    {
        var gate = new TaskCompletionSource();
        var before = CallAsync(gate.Task);
        await Fleet.UntilAsync(() => _creates == 1);
        await _source.WriteAsync(Key, async _ => await _pool.DeleteAsync(Name), isHard: true);
        gate.SetResult();
        var outdated = await before;

        Assert.NotEqual(_source.Read(Key), outdated);
        Assert.Equal(_source.Read(Key), await CallAsync());
        Assert.Equal(2, _creates);
    }

    [Fact]
    public async Task When_a_key_is_invalidated_during_a_refresh_the_fill_is_refused_and_the_value_refreshed_again()
    {
        await CallAsync();
        await _source.WriteAsync(Key, async _ => await _pool.InvalidateAsync(Name, Options.Stale), isHard: false);
        var gate = new TaskCompletionSource();
        var first = await CallAsync(gate.Task);
        await Fleet.UntilAsync(() => _creates == 2);
        await _source.WriteAsync(Key, async _ => await _pool.InvalidateAsync(Name, Options.Stale), isHard: false);
        gate.SetResult();
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 0);

        Assert.Equal(first, await CallAsync());
        await Fleet.UntilAsync(() => _pool.WaitingForCreation == 0);
        Assert.Equal(_source.Read(Key), await CallAsync());
        Assert.Equal(3, _creates);
    }

    private async Task<MemberProcess> HoldAsync()
    {
        var holder = MemberProcess.Start("hold", _fleet.Servers[0].Port, Name);
        Assert.Equal("creating", await holder.ReadLineAsync(Patience));
        return holder;
    }

    // Every value is checked for its key, and against the last hard delete before the call.
    private async Task<string> CallAsync(Task? gate = null)
    {
        var floor = _source.FloorOf(Key);
        var value = await _pool.GetOrCreateAsync(
            Name,
            async token =>
            {
                var created = _source.Read(Key);
                Interlocked.Increment(ref _creates);
                await (gate ?? Task.CompletedTask).WaitAsync(token);
                return created;
            },
            Text,
            Options,
            cancellationToken: Token);
        _source.Check(Key, value, floor);
        return value;
    }
}
