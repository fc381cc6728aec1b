using System.Runtime.CompilerServices;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;

namespace TypedCache.Tests.Transport;

/// <summary>Calls that nobody awaits, under a token that outlives them all.</summary>
public sealed class ForgottenCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_kept_once_they_are_answered()
    {
        using var lives = new CancellationTokenSource();
        using var probe = new ConnectionProbe();
        await probe.ConnectAsync();

        var (calls, opaques) = Forget(probe, lives.Token);
        await AnswerAsync(probe, opaques);

        AssertCollected(calls);
        GC.KeepAlive(lives);
    }

    [Fact]
    public async Task Nothing_is_kept_once_their_time_is_over_and_the_replies_have_come_late()
    {
        using var lives = new CancellationTokenSource();
        using var probe = new ConnectionProbe(beats: false);
        await probe.ConnectAsync();

        var (calls, opaques) = Forget(probe, lives.Token);
        probe.Check(later: TimeSpan.FromMinutes(1));
        await AnswerAsync(probe, opaques);

        AssertCollected(calls);
        GC.KeepAlive(lives);
    }

    [Fact]
    public async Task Nothing_is_kept_once_the_connection_is_lost()
    {
        using var lives = new CancellationTokenSource();
        using var probe = new ConnectionProbe();
        await probe.ConnectAsync();

        var (calls, opaques) = Forget(probe, lives.Token);
        await probe.UntilSentAsync($"{opaques[^1]}\r\n");
        probe.Channel.Close();

        AssertCollected(calls);
        GC.KeepAlive(lives);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (List<WeakReference> Calls, List<string> Opaques) Forget(ConnectionProbe probe, CancellationToken lives)
    {
        var calls = new List<WeakReference>();
        var opaques = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            var operation = new StatusOperation();
            operation.Begin(Verb.Set, "k"u8);
            operation.ObserveCancellation(lives);
            calls.Add(new WeakReference(operation));
            opaques.Add($"O{operation.Request.Opaque}");
#pragma warning disable CA2012 // What this is about.
            _ = probe.Send(operation, operation.AsBoolean());
#pragma warning restore CA2012
        }

        return (calls, opaques);
    }

    private static async Task AnswerAsync(ConnectionProbe probe, List<string> opaques)
    {
        await probe.UntilSentAsync($"{opaques[^1]}\r\n");
        probe.Channel.Deliver(string.Concat(opaques.Select(opaque => $"HD {opaque}\r\n")));

        // It is answered behind them.
        var (last, answer) = probe.Get("last");
        await probe.UntilSentAsync($"O{last.Request.Opaque}\r\n");
        probe.Channel.Deliver($"EN O{last.Request.Opaque}\r\n");
        await answer.WaitAsync(Patience, Token);

        // Off the thread that has read the answer: it has the others in its hands until it goes on.
        await Task.Yield();
    }

    private static void AssertCollected(List<WeakReference> calls)
    {
        var collected = SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                return calls.TrueForAll(call => !call.IsAlive);
            },
            Patience);
        Assert.True(collected, $"{calls.Count(call => call.IsAlive)} of {calls.Count} calls are kept");
    }
}
