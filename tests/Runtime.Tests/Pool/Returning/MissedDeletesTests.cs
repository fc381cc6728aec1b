using System.Collections.Concurrent;
using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Tests.Telemetry;
using TypedCache.Values;

namespace TypedCache.Tests.Pool.Returning;

/// <summary>A server that comes back with its memory catches up before it is used.</summary>
public sealed class MissedDeletesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task A_deleted_value_does_not_come_back(MemcachedProtocol protocol)
    {
        await using var returning = new ReturningPool(options => options.Protocol = protocol);
        await returning.SetAsync("old");
        await returning.LeaveAsync();
        Assert.False(await returning.Pool.DeleteAsync(returning.Key, Token));
        Assert.Equal(1, returning.Home.MissedDeletes);

        await returning.ReturnAsync();
        Assert.Null(await returning.GetAsync());
        Assert.Equal(0, returning.Home.MissedDeletes);
    }

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task A_replaced_value_does_not_come_back_and_its_successor_does_not_when_the_server_fails_again(MemcachedProtocol protocol)
    {
        await using var returning = new ReturningPool(options => options.Protocol = protocol);
        await returning.SetAsync("1");
        await returning.LeaveAsync();
        await returning.SetAsync("2");
        await returning.ReturnAsync();
        Assert.Null(await returning.GetAsync());
        await returning.SetAsync("3");

        await returning.LeaveAsync();
        Assert.Null(await returning.GetAsync());
    }

    [Fact]
    public async Task Where_the_other_server_is_away_when_the_first_one_returns_it_catches_up_too()
    {
        await using var returning = new ReturningPool();
        await returning.SetAsync("1");
        await returning.LeaveAsync();
        await returning.SetAsync("2");
        await returning.LeaveAsync(returning.OtherServer, returning.Pool.Servers[1]);
        await returning.ReturnAsync();
        await returning.SetAsync("3");
        Assert.Equal(1, returning.Pool.Servers[1].MissedDeletes);

        await ReturningPool.ReturnAsync(returning.OtherServer, returning.Pool.Servers[1]);
        await returning.LeaveAsync();
        Assert.Null(await returning.GetAsync());
    }

    [Fact]
    public async Task An_invalidated_value_is_stale_and_one_that_was_deleted_then_is_gone()
    {
        await using var returning = new ReturningPool();
        var deleted = returning.KeyOfHome(1);
        await returning.SetAsync("old");
        await returning.Pool.SetAsync(deleted, "old", CacheCodecs.String, cancellationToken: Token);
        await returning.LeaveAsync();
        foreach (var key in (string[])[returning.Key, deleted])
        {
            await returning.Pool.InvalidateAsync(key, TimeSpan.FromSeconds(100), Token);
        }

        await returning.Pool.DeleteAsync(deleted, Token);
        await returning.ReturnAsync();

        var options = new GetOrCreateOptions { Expires = TimeSpan.FromSeconds(100), Stale = TimeSpan.FromSeconds(100) };
        Assert.Equal("old", await returning.Pool.GetOrCreateAsync(returning.Key, _ => ValueTask.FromResult("new"), CacheCodecs.String, options, cancellationToken: Token));
        await ReturningPool.UntilAsync(() => returning.GetAsync().AsTask().GetAwaiter().GetResult() == "new");
        Assert.Null(await returning.Pool.GetAsync(deleted, CacheCodecs.String, Token));
    }

    [Theory]
    [InlineData((int)Fault.LostBefore)]
    [InlineData((int)Fault.LostAfter)]
    public async Task A_delete_that_was_lost_with_its_connection_is_carried_out(int fault)
    {
        await using var returning = new ReturningPool(options => options.AllowFailover = false);
        await returning.SetAsync("old");
        returning.HomeServer.LoseNext((Fault)fault);
        await Assert.ThrowsAnyAsync<MemcachedConnectionException>(() => returning.Pool.DeleteAsync(returning.Key, Token).AsTask());
        await ReturningPool.UntilAsync(() => returning.Home is { State: ServerState.Connected, MissedDeletes: 0 });
        Assert.Null(await returning.GetAsync());
    }

    [Fact]
    public async Task A_delete_that_reached_no_server_is_carried_out_and_a_write_that_did_not_changes_nothing()
    {
        await using var returning = new ReturningPool(options => options.AllowFailover = false);
        var written = returning.KeyOfHome(1);
        await returning.SetAsync("old");
        await returning.Pool.SetAsync(written, "old", CacheCodecs.String, cancellationToken: Token);
        await returning.LeaveAsync();
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => returning.Pool.DeleteAsync(returning.Key, Token).AsTask());
        await Assert.ThrowsAsync<MemcachedConnectionException>(() => returning.Pool.SetAsync(written, "new", CacheCodecs.String, cancellationToken: Token).AsTask());

        await returning.ReturnAsync();
        Assert.Null(await returning.GetAsync());
        Assert.Equal("old", await returning.Pool.GetAsync(written, CacheCodecs.String, Token));
    }

    [Fact]
    public async Task What_is_lost_half_way_is_done_at_the_next_attempt()
    {
        const int Count = 2000;
        await using var returning = new ReturningPool();
        string[] keys = [.. Enumerable.Range(0, 8000).Select(i => $"many-{i}").Where(key => returning.Pool.FindServer(key) == returning.Home).Take(Count)];
        await returning.Pool.SetManyAsync(keys.ToDictionary(key => key, _ => "old"), CacheCodecs.String, cancellationToken: Token);
        await returning.LeaveAsync();
        await returning.Pool.DeleteManyAsync(keys, Token);
        Assert.Equal(Count, returning.Home.MissedDeletes);

        // The handshake has two questions, and each chunk is one send.
        returning.HomeServer.LoseAfter(4, Fault.LostBefore);
        await returning.ReturnAsync();
        Assert.Equal(0, returning.HomeServer.SendsUntilLoss);
        Assert.Empty(await returning.Pool.GetManyAsync(keys, CacheCodecs.String, Token));
        Assert.Equal(0, returning.Home.MissedDeletes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Writes_that_never_cease_do_not_keep_a_server_away(bool isDisabled)
    {
        await using var returning = new ReturningPool();
        await returning.SetAsync("old");
        await (isDisabled ? DisableAsync() : returning.LeaveAsync());
        await returning.SetAsync("elsewhere");
        var writes = new ConcurrentQueue<Task>();
        returning.HomeServer.Sending = () =>
        {
            if (returning.Home.State != ServerState.Connected)
            {
                writes.Enqueue(returning.SetAsync("new").AsTask());
            }
        };

        await (isDisabled ? EnableAsync() : returning.ReturnAsync());
        await Task.WhenAll(writes);
        Assert.NotEmpty(writes);
        Assert.Equal("new", await returning.GetAsync());
        Assert.Equal(0, returning.Home.MissedDeletes);
        returning.HomeServer.Sending = null;
        await returning.LeaveAsync();
        Assert.Null(await returning.GetAsync());

        Task DisableAsync()
        {
            returning.Home.Disable();
            return Task.CompletedTask;
        }

        Task EnableAsync()
        {
            returning.Home.Enable();
            return ReturningPool.UntilAsync(() => returning.Home.State == ServerState.Connected);
        }
    }

    [Fact]
    public async Task A_server_that_was_disabled_catches_up_over_the_connection_that_it_has()
    {
        await using var returning = new ReturningPool();
        await returning.SetAsync("old");
        returning.Home.Disable();
        await returning.Pool.DeleteAsync(returning.Key, Token);
        returning.Home.Enable();
        await ReturningPool.UntilAsync(() => returning.Home.State == ServerState.Connected);
        Assert.Null(await returning.GetAsync());
        Assert.Equal(1, returning.HomeServer.Opened);
    }

    [Fact]
    public async Task A_server_that_is_removed_and_added_again_catches_up()
    {
        await using var returning = new ReturningPool();
        await returning.SetAsync("old");
        await returning.LeaveAsync();
        await returning.Pool.DeleteAsync(returning.Key, Token);
        MemcachedServerOptions[] both = [new("one", ReturningPool.Port), new("two", ReturningPool.Port)];
        await returning.Pool.UpdateServersAsync(both[1..], Token);
        returning.HomeServer.Return();
        await returning.Pool.UpdateServersAsync(both, Token);
        Assert.Equal(1, returning.Home.MissedDeletes);
        Assert.Null(await returning.GetAsync());
        Assert.Equal(0, returning.Home.MissedDeletes);
    }

    [Theory]
    [InlineData(MissedDeletesOverflow.Warn, 1)]
    [InlineData(MissedDeletesOverflow.FlushOnReturn, 0)]
    public async Task More_than_is_kept_is_told_and_flushed_only_on_demand(MissedDeletesOverflow onOverflow, int left)
    {
        using var log = new LogProbe();
        await using var returning = new ReturningPool(options =>
        {
            options.MaxMissedDeletes = 2;
            options.OnMissedDeletesOverflow = onOverflow;
            options.LoggerFactory = log;
        });
        string[] keys = [.. Enumerable.Range(0, 3).Select(returning.KeyOfHome)];
        await returning.Pool.SetManyAsync(keys.ToDictionary(key => key, _ => "old"), CacheCodecs.String, cancellationToken: Token);
        await returning.LeaveAsync();
        foreach (var key in keys)
        {
            await returning.Pool.DeleteAsync(key, Token);
        }

        await returning.ReturnAsync();
        Assert.Equal(left, (await returning.Pool.GetManyAsync(keys, CacheCodecs.String, Token)).Count);
        await ReturningPool.UntilAsync(() => log.Of(22).Count == 1);
        Assert.Single(log.Of(21));
        Assert.Contains(onOverflow == MissedDeletesOverflow.Warn ? "may show" : "are removed", Assert.Single(log.Of(23)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_that_failed_are_removed()
    {
        await using var returning = new ReturningPool(options => options.Redundancy = 2);
        await returning.SetAsync("1");
        var copy = returning.Pool.Servers[1];
        await returning.LeaveAsync(returning.OtherServer, copy);
        await returning.SetAsync("2");
        Assert.Equal(1, copy.MissedDeletes);
        await ReturningPool.ReturnAsync(returning.OtherServer, copy);

        await returning.LeaveAsync();
        Assert.Null(await returning.GetAsync());
    }

    [Fact]
    public async Task Nothing_is_noted_while_all_is_well_or_where_nothing_is_kept()
    {
        await using var returning = new ReturningPool(options => options.MaxMissedDeletes = 0);
        await returning.SetAsync("old");
        await returning.Pool.DeleteAsync(returning.Key, Token);
        await returning.SetAsync("old");
        await returning.LeaveAsync();
        await returning.Pool.DeleteAsync(returning.Key, Token);
        Assert.Equal(0, returning.Home.MissedDeletes);
        await returning.ReturnAsync();
        Assert.Equal("old", await returning.GetAsync());
    }

    [Fact]
    public void Writes_are_left_out_before_deletes()
    {
        var notes = new MissedNotes(2);
        Assert.Equal(0, notes.Add("write-1"u8, MissedKind.Write, 0, wentTo: null));
        Assert.Equal(0, notes.Add("write-2"u8, MissedKind.Write, 0, wentTo: null));
        Assert.Equal(0, notes.Add("write-1"u8, MissedKind.Delete, 0, wentTo: null));
        Assert.Equal(1, notes.Add("write-3"u8, MissedKind.Write, 0, wentTo: null));
        Assert.Equal(1, notes.Add("delete"u8, MissedKind.Delete, 0, wentTo: null));
        Assert.Equal(1, notes.Add("delete-2"u8, MissedKind.Delete, 0, wentTo: null));
        Assert.Equal(["delete", "write-1"], notes.Take(5).Select(note => System.Text.Encoding.UTF8.GetString(note.Key)).Order());
        Assert.Equal(0, notes.Count);
    }

    [Fact]
    public void Long_keys_take_more_room()
    {
        var notes = new MissedNotes(4);
        var kept = 0;
        for (var i = 0; i < 4; i++)
        {
            var key = System.Text.Encoding.UTF8.GetBytes(new string((char)('a' + i), CacheKeyWriter.MaxLength));
            kept += 1 - notes.Add(key, MissedKind.Delete, 0, wentTo: null);
        }

        Assert.Equal(3, kept);
    }

    [Theory]
    [InlineData(new[] { (int)MissedKind.Invalidate, (int)MissedKind.Invalidate }, (int)MissedKind.Invalidate)]
    [InlineData(new[] { (int)MissedKind.Invalidate, (int)MissedKind.Delete }, (int)MissedKind.Delete)]
    [InlineData(new[] { (int)MissedKind.Delete, (int)MissedKind.Invalidate }, (int)MissedKind.Delete)]
    [InlineData(new[] { (int)MissedKind.Write, (int)MissedKind.Invalidate }, (int)MissedKind.Delete)]
    [InlineData(new[] { (int)MissedKind.Write, (int)MissedKind.Write }, (int)MissedKind.Write)]
    public void The_last_word_on_a_key_leaves_nothing_too_old(int[] kinds, int expected)
    {
        var notes = new MissedNotes(10);
        foreach (var kind in kinds)
        {
            notes.Add("k"u8, (MissedKind)kind, 0, wentTo: null);
        }

        Assert.Equal((MissedKind)expected, Assert.Single(notes.Take(10)).Kind);
    }

    [Fact]
    public void What_is_put_back_joins_what_has_come_since()
    {
        var notes = new MissedNotes(10);
        notes.Add("a"u8, MissedKind.Delete, 0, wentTo: null);
        notes.Add("b"u8, MissedKind.Write, 0, wentTo: null);
        var taken = notes.Take(10);
        notes.Add("a"u8, MissedKind.Write, 0, wentTo: null);
        notes.PutBack(taken);
        Assert.Equal([MissedKind.Delete, MissedKind.Write], notes.Take(10).OrderBy(note => note.Key[0]).Select(note => note.Kind));
    }
}
