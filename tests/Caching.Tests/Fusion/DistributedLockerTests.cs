using Microsoft.Extensions.Time.Testing;
using TypedCache.Caching.Tests.Hybrid;
using TypedCache.FusionCache;

namespace TypedCache.Caching.Tests.Fusion;

/// <summary>The locker by itself, in both protocols and both ways of calling it.</summary>
public sealed class DistributedLockerTests : IDisposable
{
    private const string Name = "cache:key with blanks:lock";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(55));
    private readonly List<CacheFleet> _fleets = [];

    public static TheoryData<MemcachedProtocol, bool> Ways => new()
    {
        { MemcachedProtocol.Auto, false },
        { MemcachedProtocol.Auto, true },
        { MemcachedProtocol.Classic, false },
        { MemcachedProtocol.Classic, true },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fleets.ForEach(fleet => fleet.Dispose());

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task One_at_a_time_has_a_lock(MemcachedProtocol protocol, bool sync)
    {
        var fleet = Fleet(protocol);
        var (one, two) = (Locker(fleet), Locker(fleet));
        var first = await AcquireAsync(one, sync, TimeSpan.Zero);
        Assert.NotNull(first);
        Assert.Null(await AcquireAsync(two, sync, TimeSpan.Zero));
        Assert.NotNull(await AcquireAsync(two, sync, TimeSpan.Zero, "another name"));

        await ReleaseAsync(one, sync, first);
        Assert.NotNull(await AcquireAsync(two, sync, TimeSpan.Zero));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_waits_gets_the_lock_when_it_is_given_back(MemcachedProtocol protocol, bool sync)
    {
        var fleet = Fleet(protocol);
        var (one, two) = (Locker(fleet, TimeProvider.System), Locker(fleet, TimeProvider.System));
        var first = await AcquireAsync(one, sync, Timeout.InfiniteTimeSpan);
        var waiting = Task.Run(() => AcquireAsync(two, sync, Timeout.InfiniteTimeSpan));

        await ReleaseAsync(one, sync, first);

        Assert.NotNull(await waiting);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_waits_too_long_gets_none(MemcachedProtocol protocol, bool sync)
    {
        var fleet = Fleet(protocol);
        Assert.NotNull(await AcquireAsync(Locker(fleet), sync, TimeSpan.Zero));

        Assert.Null(await AcquireAsync(Locker(fleet, TimeProvider.System), sync, TimeSpan.FromMilliseconds(150)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waiting_can_be_cancelled(bool sync)
    {
        var fleet = Fleet();
        Assert.NotNull(await AcquireAsync(Locker(fleet), sync, TimeSpan.Zero));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = Task.Run(() => AcquireAsync(Locker(fleet, TimeProvider.System), sync, Timeout.InfiniteTimeSpan, token: cancel.Token), Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_lock_of_a_holder_who_has_died_is_free_after_the_abandon_time(MemcachedProtocol protocol, bool sync)
    {
        var fleet = Fleet(protocol);
        var dying = fleet.Join();
        Assert.NotNull(await AcquireAsync(new TypedCacheDistributedLocker(dying, Options(_time)), sync, TimeSpan.Zero));
        dying.Dispose();

        _time.Advance(TimeSpan.FromSeconds(28));
        Assert.Null(await AcquireAsync(Locker(fleet), sync, TimeSpan.Zero));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.NotNull(await AcquireAsync(Locker(fleet), sync, TimeSpan.Zero));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_lock_that_has_become_another_s_is_not_given_back(MemcachedProtocol protocol, bool sync)
    {
        var fleet = Fleet(protocol);
        var (one, two) = (Locker(fleet, TimeProvider.System), Locker(fleet, TimeProvider.System));
        var first = await AcquireAsync(one, sync, TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(31));
        var second = await AcquireAsync(two, sync, TimeSpan.Zero);
        Assert.NotNull(second);

        await ReleaseAsync(one, sync, first);

        Assert.Null(await AcquireAsync(one, sync, TimeSpan.Zero));
        await ReleaseAsync(two, sync, second);
        Assert.NotNull(await AcquireAsync(one, sync, TimeSpan.Zero));
    }

    // The clock goes on in small steps, each of which leaves the holder as much real time as it needs.
    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task A_holder_who_lives_keeps_its_lock_beyond_the_abandon_time(MemcachedProtocol protocol)
    {
        var fleet = Fleet(protocol);
        var pool = fleet.Join();
        var held = await AcquireAsync(Locker(fleet), sync: false, TimeSpan.Zero);
        var item = "fusion-lock:" + Name.Replace(" ", "%20", StringComparison.Ordinal);
        var cas = await CasAsync();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10.5));
            var before = cas;
            await Patiently.UntilAsync(async () => (cas = await CasAsync()) != before);
        }

        Assert.Null(await AcquireAsync(Locker(fleet), sync: false, TimeSpan.Zero));
        await ReleaseAsync(Locker(fleet), sync: false, held);
        Assert.NotNull(await AcquireAsync(Locker(fleet), sync: false, TimeSpan.Zero));

        async Task<CasToken> CasAsync() => (await pool.GetValueAsync(item, Values.CacheCodecs.String, Token)).Cas;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_servers_a_lock_cannot_be_had_and_giving_one_back_does_not_fail(bool sync)
    {
        var fleet = Fleet();
        var locker = Locker(fleet);
        var held = await AcquireAsync(locker, sync, TimeSpan.Zero);
        fleet.StopServers();

        await Assert.ThrowsAnyAsync<MemcachedException>(() => AcquireAsync(locker, sync, TimeSpan.Zero, "other"));
        await ReleaseAsync(locker, sync, held);
        await ReleaseAsync(locker, sync, null);
    }

    // All threads of the thread pool block at once, and the lock still goes from one to the next.
    [Fact]
    public async Task Synchronous_callers_need_no_thread_of_the_thread_pool()
    {
        var fleet = Fleet();
        var locker = Locker(fleet, TimeProvider.System);
        var inside = 0;
        var most = 0;
        var callers = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Task.Run(() =>
        {
            var held = locker.AcquireLock("c", "i", "o", "k", Name, Timeout.InfiniteTimeSpan, null, Token);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Thread.Sleep(1);
            Interlocked.Decrement(ref inside);
            locker.ReleaseLock("c", "i", "o", "k", Name, held, null, Token);
        }));
        await Task.WhenAll(callers);

        Assert.Equal(1, most);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var pool = Fleet().Join();
        Assert.Throws<ArgumentOutOfRangeException>(() => new TypedCacheDistributedLocker(pool, new TypedCacheDistributedLockerOptions { AbandonTime = TimeSpan.FromSeconds(1) }));
        Assert.Throws<ArgumentNullException>(() => new TypedCacheDistributedLocker(pool, new TypedCacheDistributedLockerOptions { InstanceName = null! }));
    }

    private static TypedCacheDistributedLockerOptions Options(TimeProvider time) => new() { TimeProvider = time };

    private static async Task<object?> AcquireAsync(TypedCacheDistributedLocker locker, bool sync, TimeSpan timeout, string name = Name, CancellationToken? token = null) => sync
        ? locker.AcquireLock("c", "i", "o", "k", name, timeout, null, token ?? Token)
        : await locker.AcquireLockAsync("c", "i", "o", "k", name, timeout, null, token ?? Token);

    private static async Task ReleaseAsync(TypedCacheDistributedLocker locker, bool sync, object? held)
    {
        if (sync)
        {
            locker.ReleaseLock("c", "i", "o", "k", Name, held, null, Token);
        }
        else
        {
            await locker.ReleaseLockAsync("c", "i", "o", "k", Name, held, null, Token);
        }
    }

    private CacheFleet Fleet(MemcachedProtocol protocol = MemcachedProtocol.Auto)
    {
        var fleet = CacheFleet.Embedded(protocol: protocol, time: _time);
        _fleets.Add(fleet);
        return fleet;
    }

    // With the system's clock the holder does not notice how the servers' clock goes on, as one whose process stands still.
    private TypedCacheDistributedLocker Locker(CacheFleet fleet, TimeProvider? time = null) => new(fleet.Join(), Options(time ?? _time));
}
