using System.Diagnostics;

namespace TypedCache.Tests.Fuzz;

/// <summary>Hostile and broken replies, through the framing and the parser of a connection.</summary>
public sealed class ReplyFuzzTests(ITestOutputHelper output)
{
    private const int Workers = 2;

    // Thousands of times what an input takes.
    private static readonly TimeSpan PatiencePerInput = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_reply_does_more_than_fail_its_connection_and_pieces_make_no_difference()
    {
        var watch = Stopwatch.StartNew();
        var failed = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(
            () =>
            {
                for (var number = worker; number < FuzzCount.Inputs; number += Workers)
                {
                    Interlocked.Add(ref failed, Try(number) ? 0 : 1);
                }
            },
            Token))).WaitAsync(TimeSpan.FromMinutes(1) + (FuzzCount.Inputs * PatiencePerInput), Token);

        output.WriteLine($"{FuzzCount.Inputs} reply streams, each in one piece and in random pieces: {watch.Elapsed.TotalSeconds:0.0} s, {failed} ended with a protocol error");
        Assert.InRange(failed, FuzzCount.Inputs / 10, FuzzCount.Inputs * 9 / 10);
    }

    // Whether the stream was in step until its end.
    private static bool Try(int number)
    {
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var whole = new FuzzedStream(number).Run(inPieces: false);
            var stream = new FuzzedStream(number);
            var pieces = stream.Run(inPieces: true);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Equal(whole, pieces);
            Assert.InRange(allocated, 0, 2 * stream.AllocationLimit);
            return stream.EndedInStep;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Input {number} failed.", exception);
        }
    }
}
