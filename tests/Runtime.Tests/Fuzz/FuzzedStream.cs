using System.Text;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Fuzz;

/// <summary>One input: some calls on one connection, and the bytes which come in, right or wrong. A number stands for the same input in each run.</summary>
internal sealed class FuzzedStream : IConnectionOwner
{
    private const int MaxValueLength = 100_000;

    private static readonly ConnectionLimits Limits = new(TimeSpan.FromSeconds(30), 1_000_000, MaxValueLength);

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            " ", "\r\n", "\n", "\r", "\0", "VA ", "HD", "EN\r\n", "NF ", "NS ", "EX ", "END\r\n", "VALUE ", "VALUE key-0 0 3\r\n", " O", " f", " c", " O1", "4294967296",
            "18446744073709551616", "-1", "2147483647", "100001", " 00000000000000000005", "ERROR\r\n", "SERVER_ERROR x\r\n", "CLIENT_ERROR bad data chunk\r\n", "STAT ",
            "VERSION ", "f2", "f1", "\r\n\r\n", "EN O", " c1", " t1", " Z", "HD f0 t9 c", "VA 3 f0\r\nabc\r\n",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    private readonly Random _random;
    private readonly List<FuzzedCall> _calls;
    private readonly bool _verifyOpaque;
    private readonly bool _sameReplies;
    private Exception? _end;

    /// <summary>Makes the input with this number.</summary>
    public FuzzedStream(int number)
    {
        _random = new Random(number);
        _verifyOpaque = _random.Next(4) > 0;
        _calls = [.. Enumerable.Range(0, _random.Next(1, 6)).Select(i => FuzzedCall.Next(_random, i))];
        List<string> replies = [.. _calls.Select(call => call.Reply)];
        _sameReplies = _random.Next(4) == 0;
        if (_sameReplies)
        {
            Shuffle(replies);
        }

        List<byte> bytes = [.. Encoding.Latin1.GetBytes(string.Concat(replies))];
        if (!_sameReplies)
        {
            new ByteMutation(_random, Words).Apply(bytes, _random.Next(5));
        }

        Bytes = [.. bytes];
    }

    public string Name => "fuzz:1";

    /// <summary>What comes in.</summary>
    public byte[] Bytes { get; }

    /// <summary>Whether all bytes were replies to the calls.</summary>
    public bool EndedInStep => _end is not MemcachedProtocolException;

    /// <summary>No input makes a connection allocate more than this.</summary>
    public long AllocationLimit => 500_000 + (30L * Bytes.Length) + (12L * MaxValueLength * _calls.Count);

    /// <summary>Lets a connection read the bytes on this thread.</summary>
    /// <param name="inPieces">Whether they come in random pieces, or at once.</param>
    /// <returns>What each call got, and how the connection ended.</returns>
    public List<string> Run(bool inPieces)
    {
        var connection = new ServerConnection(new PiecesChannel(Bytes, inPieces ? _random : null), this, Limits, new ConnectionNumbers())
        {
            Protocol = _verifyOpaque ? MetaProtocol.Comparing : MetaProtocol.Unverified,
        };
        foreach (var call in _calls)
        {
            Assert.Equal(SendOutcome.Queued, connection.TrySend(call.Operation));
        }

        using var loop = new ReplyLoop(Name);
        loop.Run(connection);
        return [.. _calls.Select(Outcome), Shown(Assert.IsAssignableFrom<MemcachedConnectionException>(_end))];
    }

    public void Closed(ServerConnection connection, Exception failure, IReadOnlyList<Operation> unsent)
    {
        Assert.Empty(unsent);
        _end = failure;
    }

    public MemcachedTimeoutException TimedOut(Operation operation) => throw new NotSupportedException();

    private string Outcome(FuzzedCall call)
    {
        // A busy machine may make the connection complete its callers on the thread pool.
        Assert.True(SpinWait.SpinUntil(call.IsCompleted, Limits.OperationTimeout), $"{call.Operation.Request.Verb} hangs");
        try
        {
            var result = call.Outcome();

            // Whole replies in a wrong order: whoever got an answer got the own one.
            Assert.True(!_sameReplies || !_verifyOpaque || call.Expected is null || call.Expected == result, $"'{result}' instead of '{call.Expected}'");
            return result;
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException)
        {
            return Shown(exception);
        }
    }

    // How many bytes a message about a broken stream quotes depends on how many were there.
    private static string Shown(Exception exception) =>
        exception is MemcachedProtocolException ? nameof(MemcachedProtocolException) : exception.Message;

    // Drops, repeats and swaps whole replies.
    private void Shuffle(List<string> replies)
    {
        for (var i = _random.Next(3); i > 0; i--)
        {
            var reply = replies[_random.Next(replies.Count)];
            replies.Remove(reply);
            replies.Insert(_random.Next(replies.Count + 1), reply);
            if (_random.Next(3) == 0)
            {
                replies[_random.Next(replies.Count)] = reply;
            }
        }
    }
}
