using System.Diagnostics;
using System.Text;
using TypedCache.Transport;

namespace TypedCache.Runtime.Tests.Embedded;

/// <summary>Short conversations over a channel.</summary>
internal static class Talk
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Sends all bytes, and waits for room where there is none.</summary>
    public static void Send(this ByteChannel channel, ReadOnlySpan<byte> bytes)
    {
        for (var waited = Stopwatch.StartNew(); !bytes.IsEmpty;)
        {
            var count = channel.TrySend(bytes, lastRequest: 0);
            bytes = bytes[count..];
            Pause(count > 0, waited);
        }
    }

    /// <summary>Waits for bytes and gives how many came; 0 at the end.</summary>
    public static int Receive(this ByteChannel channel, Span<byte> buffer)
    {
        int count;
        for (var waited = Stopwatch.StartNew(); (count = channel.TryReceive(buffer)) < 0;)
        {
            Pause(goesOn: false, waited);
        }

        return count;
    }

    /// <summary>Sends commands (lines end with CR LF) and gives all that was answered to them.</summary>
    public static Task<string> AskAsync(this ByteChannel channel, string commands) => Task.FromResult(channel.Ask(commands));

    /// <summary>The value of one line of <c>stats</c>.</summary>
    public static async Task<long> StatAsync(this ByteChannel channel, string name)
    {
        var lines = (await channel.AskAsync("stats\r\n")).Split("\r\n");
        return long.Parse(lines.Single(line => line.StartsWith($"STAT {name} ", StringComparison.Ordinal)).Split(' ')[2], null);
    }

    private static string Ask(this ByteChannel channel, string commands)
    {
        channel.Send(Encoding.Latin1.GetBytes(commands + "mn\r\n"));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().EndsWith("MN\r\n", StringComparison.Ordinal))
        {
            var count = channel.Receive(buffer);
            Assert.True(count > 0, $"closed after '{answer}'");
            answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        answer.Length -= "MN\r\n".Length;
        return answer.ToString();
    }

    private static void Pause(bool goesOn, Stopwatch waited)
    {
        Assert.True(waited.Elapsed < Limit, "nothing happens");
        if (!goesOn)
        {
            Thread.Sleep(1);
        }
    }
}
