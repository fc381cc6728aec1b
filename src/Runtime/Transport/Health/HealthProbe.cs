using System.Globalization;
using System.Text;
using TypedCache.Keys;
using TypedCache.Protocol;

namespace TypedCache.Transport.Health;

/// <summary>Asks a server that was sick, over a new connection, for what it failed at. It blocks.</summary>
/// <param name="server">The server's name, for messages.</param>
/// <param name="keyPrefix">What stands in front of every key: a proxy may choose by it.</param>
/// <param name="limits">How long an answer may take.</param>
/// <param name="asked">Called with each question that has been sent: somebody has to look after its answer.</param>
internal sealed class HealthProbe(string server, ReadOnlyMemory<byte> keyPrefix, ConnectionLimits limits, Action asked)
{
    // One answer may be luck.
    private const int Times = 3;

    // memcached's own limit, unless it is told another one.
    private const int MaxLength = 1024 * 1024 - 1024;

    // For what is stored and cannot be deleted again.
    private const int SecondsToLive = 30;

    private const string StoredKey = "typedcache:probe:";

    /// <summary>Asks.</summary>
    /// <param name="connection">A connection that is ready, and that nobody uses yet.</param>
    /// <param name="sickness">What was wrong.</param>
    /// <param name="isCancelled">Whether nobody wants to know any more.</param>
    /// <exception cref="MemcachedConnectionException">The server is still sick.</exception>
    public void Run(ServerConnection connection, Sickness sickness, Func<bool> isCancelled)
    {
        var isMeta = connection.Protocol is MetaProtocol;
        for (var i = 0; i < Times; i++)
        {
            Ask(connection, isMeta ? Meta(sickness, i) : Classic(sickness, i), isCancelled);
        }

        for (var i = 0; i < Times && WireProtocol.HasPayload(sickness.Verb); i++)
        {
            Ask(connection, Line(isMeta ? "md" : "delete", Key(StoredKey, i)), isCancelled);
        }
    }

    private byte[] Meta(Sickness sickness, int turn) => sickness.Verb switch
    {
        >= Verb.Set and <= Verb.CompareAndSet => Store("ms", turn, $" {LengthOf(sickness)} T{SecondsToLive}", sickness),
        Verb.Delete or Verb.Invalidate or Verb.Release => Line("md", Unstored),
        Verb.Touch or Verb.GetAndTouch => Line("mg", Unstored, $" T{SecondsToLive}"),
        Verb.Increment or Verb.Decrement => Line("ma", Unstored),
        _ => Line("mg", Unstored, " s"),
    };

    private byte[] Classic(Sickness sickness, int turn) => sickness.Verb switch
    {
        >= Verb.Set and <= Verb.CompareAndSet => Store("set", turn, $" 0 {SecondsToLive} {LengthOf(sickness)}", sickness),
        Verb.Delete or Verb.Invalidate or Verb.Release => Line("delete", Unstored),
        Verb.Touch or Verb.GetAndTouch => Line("touch", Unstored, $" {SecondsToLive}"),
        Verb.Increment or Verb.Decrement => Line("incr", Unstored, " 1"),
        _ => Line("get", Unstored),
    };

    private byte[] Unstored => [.. Prefix(Handshake.UnstoredKey.Length), .. Handshake.UnstoredKey];

    // Different ones: one that replaces another may get its memory.
    private byte[] Key(string name, int turn)
    {
        var key = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}{turn}"));
        return [.. Prefix(key.Length), .. key];
    }

    // A prefix that leaves no room is left out, so that the key is none of the application's.
    private ReadOnlySpan<byte> Prefix(int keyLength) =>
        keyPrefix.Length + keyLength <= CacheKeyWriter.MaxLength ? keyPrefix.Span : default;

    private byte[] Store(string command, int turn, string rest, Sickness sickness) =>
        [.. Line(command, Key(StoredKey, turn), rest), .. new byte[LengthOf(sickness)], .. "\r\n"u8];

    private static byte[] Line(string command, byte[] key, string rest = "") => [.. Encoding.ASCII.GetBytes(command), (byte)' ', .. key, .. Encoding.ASCII.GetBytes(rest), .. "\r\n"u8];

    private static int LengthOf(Sickness sickness) => Math.Min(sickness.Length, MaxLength);

    private void Ask(ServerConnection connection, byte[] question, Func<bool> isCancelled)
    {
        var operation = new HandshakeOperation(question) { Deadline = long.MaxValue };
        if (connection.TrySend(operation) != SendOutcome.Queued)
        {
            throw StillSick("it hung up.");
        }

        asked();
        string answer;
        try
        {
            answer = operation.WaitForLine(new ConnectDeadline(limits.OperationTimeout, isCancelled));
        }
        catch (MemcachedConnectionException lost)
        {
            throw StillSick(lost.Message);
        }
        catch (TimeoutException)
        {
            throw StillSick($"it did not answer within {limits.OperationTimeout.TotalMilliseconds:0} ms.");
        }

        Check(answer);
    }

    private void Check(string answer)
    {
        if (answer is not ("EN" or "NF" or "END" or "STORED" or "DELETED" or "NOT_FOUND" or "TOUCHED") && answer != "HD" && !answer.StartsWith("HD ", StringComparison.Ordinal))
        {
            throw StillSick($"it answered '{answer}'.");
        }
    }

    private MemcachedConnectionException StillSick(string reason) => new($"{server} is still sick: {reason}") { Server = server };
}
