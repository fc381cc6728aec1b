using System.Text;
using TypedCache.Transport;

namespace TypedCache.Runtime.Tests.Embedded;

/// <summary>Short conversations over a channel.</summary>
internal static class Talk
{
    /// <summary>Sends commands (lines end with CR LF) and gives all that was answered to them.</summary>
    public static async Task<string> AskAsync(this ByteChannel channel, string commands)
    {
        await channel.SendAsync(Encoding.Latin1.GetBytes(commands + "mn\r\n"));
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

    /// <summary>The value of one line of <c>stats</c>.</summary>
    public static async Task<long> StatAsync(this ByteChannel channel, string name)
    {
        var lines = (await channel.AskAsync("stats\r\n")).Split("\r\n");
        return long.Parse(lines.Single(line => line.StartsWith($"STAT {name} ", StringComparison.Ordinal)).Split(' ')[2], null);
    }
}
