using Microsoft.Extensions.Time.Testing;
using TypedCache.Protocol;
using TypedCache.Transport.Health;

namespace TypedCache.Tests.Transport.Health;

/// <summary>From when on a server counts as sick: half of at least 20 calls within 10 seconds.</summary>
public sealed class HealthWatchTests
{
    private static readonly HealthLimits Limits = new(0.5, TimeSpan.FromSeconds(10), 20);

    private readonly FakeTimeProvider _time = new();
    private readonly CallTally _tally = new(Limits);
    private readonly CallTally _large = new(Limits);
    private readonly HealthWatch _server;
    private readonly HealthWatch _largeLink;

    public HealthWatchTests()
    {
        _server = new HealthWatch(Limits, _time, _tally, [_large]);
        _largeLink = new HealthWatch(Limits, _time, _large, others: null);
    }

    [Fact]
    public void Too_few_calls_say_nothing()
    {
        TimeOut(_tally, 19);
        Assert.Null(_server.Judge());

        TimeOut(_tally, 1);
        Assert.Equal("is sick: 20 of 20 calls in the last 10 s failed: 20 timed out, 0 were refused, 0 were lost.", _server.Judge()!.Describe());
    }

    [Fact]
    public void The_rate_decides()
    {
        _tally.Add(21, 0);
        TimeOut(_tally, 20);
        Assert.Null(_server.Judge());

        TimeOut(_tally, 1);
        Assert.NotNull(_server.Judge());
    }

    [Fact]
    public void Calls_are_forgotten_when_the_window_has_moved_on()
    {
        TimeOut(_tally, 19);
        Assert.Null(_server.Judge());
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(_server.Judge());

        TimeOut(_tally, 1);
        Assert.NotNull(_server.Judge());

        // Nine of the ten slices later the first ones are gone.
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_server.Judge());
    }

    [Fact]
    public void A_long_silence_forgets_all_that_was_judged()
    {
        TimeOut(_tally, 19);
        Assert.Null(_server.Judge());
        _time.Advance(TimeSpan.FromHours(5));
        TimeOut(_tally, 19);
        Assert.Null(_server.Judge());
    }

    [Fact]
    public void It_counts_anew_after_a_restart()
    {
        TimeOut(_tally, 30);
        _server.Restart();
        Assert.Null(_server.Judge());

        TimeOut(_tally, 19);
        Assert.Null(_server.Judge());
        TimeOut(_tally, 1);
        Assert.NotNull(_server.Judge());
    }

    [Fact]
    public void A_judgement_is_due_once_calls_have_failed()
    {
        _tally.Add(100, 100);
        Assert.False(_server.IsDue);

        TimeOut(_tally, 1);
        Assert.True(_server.IsDue);
        Assert.Null(_server.Judge());
        Assert.False(_server.IsDue);
    }

    [Fact]
    public void Want_of_memory_is_judged_by_the_stores_alone()
    {
        _tally.Add(1000, 0);
        Refuse(_tally, 10, "SERVER_ERROR out of memory storing object", Verb.Set, length: 300);
        _tally.Add(9, 9);
        Assert.Null(_server.Judge());

        // The stores that succeed are half of them now.
        _tally.Add(1, 1);
        var sickness = _server.Judge()!;
        Assert.Equal(
            "is sick: 10 of 20 stores in the last 10 s failed: it was out of memory. The last answer was 'SERVER_ERROR out of memory storing object'.", sickness.Describe());
        Assert.Equal((Verb.Set, 300), (sickness.Verb, sickness.Length));
    }

    [Fact]
    public void A_read_that_wants_a_lease_is_a_store_where_there_is_no_memory()
    {
        _tally.Add(1000, 0);
        Refuse(_tally, 20, "SERVER_ERROR out of memory", Verb.GetOrLease);
        Assert.Equal(Verb.Set, _server.Judge()!.Verb);
    }

    [Fact]
    public void A_probe_asks_for_what_was_refused()
    {
        Refuse(_tally, 20, "SERVER_ERROR busy", Verb.Touch);
        var sickness = _server.Judge()!;
        Assert.Equal(Verb.Touch, sickness.Verb);
        Assert.EndsWith("20 were refused, 0 were lost. The last answer was 'SERVER_ERROR busy'.", sickness.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_a_call_says_nothing_against_the_server()
    {
        foreach (var isTooLarge in new[] { true, false })
        {
            for (var i = 0; i < 100; i++)
            {
                _tally.NoteRefusal(new Request(), new MemcachedServerException { IsValueTooLarge = isTooLarge });
            }

            _tally.Add(100, 100);
            Assert.False(_server.IsDue);
            Assert.Null(_server.Judge());
        }
    }

    [Fact]
    public void The_calls_lost_with_one_connection_take_no_server_out()
    {
        _tally.NoteLoss(Verb.Get, 1000);
        Assert.Null(_server.Judge());

        for (var i = 0; i < 3; i++)
        {
            Assert.Null(_server.Judge());
            _tally.NoteLoss(Verb.Get, 1000);
        }

        Assert.EndsWith("20 were lost.", _server.Judge()!.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_for_large_values_is_judged_by_what_times_out()
    {
        _tally.Add(1000, 0);
        Refuse(_large, 20, "SERVER_ERROR out of memory storing object", Verb.Set, length: 100_000);
        Assert.Null(_largeLink.Judge());

        TimeOut(_large, 20);
        Assert.NotNull(_largeLink.Judge());
    }

    [Fact]
    public void A_server_is_judged_by_all_its_connections()
    {
        TimeOut(_tally, 5);
        Refuse(_tally, 5, "SERVER_ERROR busy", Verb.Get);
        Assert.Null(_server.Judge());

        Refuse(_large, 10, "SERVER_ERROR out of memory storing object", Verb.Set, length: 100_000);
        Assert.StartsWith("is sick: 20 of 20 calls", _server.Judge()!.Describe(), StringComparison.Ordinal);
    }

    private static void TimeOut(CallTally tally, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            tally.NoteTimeOut(Verb.Get);
        }
    }

    private static void Refuse(CallTally tally, int calls, string answer, Verb verb, int length = 0)
    {
        var reply = new Reply();
        var reader = new ReplyReader("cache:1", 1000);
        for (var i = 0; i < calls; i++)
        {
            var request = new Request();
            request.Begin(verb, "k"u8, 0);
            request.Payload.Resize(length);
            reader.ReadError(request, reply, System.Text.Encoding.ASCII.GetBytes(answer), requestTaken: false);
            tally.NoteRefusal(request, reply.Refusal!);
        }

        tally.Add(calls, WireProtocol.HasPayload(verb) ? calls : 0);
    }
}
