using System.Text;
using TypedCache.Embedded;

namespace TypedCache.Integration.Tests.Embedded;

/// <summary>How the input is cut into pieces makes no difference.</summary>
public class SplitInputTests
{
    public static TheoryData<string> ScriptNames => [.. DifferentialScripts.All.Keys];

    [Theory]
    [MemberData(nameof(ScriptNames))]
    public void A_script_in_single_bytes_is_answered_as_in_one_piece(string name)
    {
        var script = Encoding.Latin1.GetBytes(string.Concat(DifferentialScripts.All[name].Select(line => line + "\r\n")));

        Assert.Equal(Run(script, left => left), Run(script, _ => 1));
    }

    [Fact]
    public void Random_commands_in_single_bytes_and_in_random_pieces_are_answered_as_in_one_piece()
    {
        var script = new RandomScript(seed: 7).Write(commands: 5_000);
        var random = new Random(7);

        var whole = Run(script, left => left);

        Assert.NotEmpty(whole);
        Assert.Equal(whole, Run(script, _ => 1));
        Assert.Equal(whole, Run(script, _ => random.Next(1, 40)));
    }

    [Fact]
    public void Random_bytes_never_throw_and_never_fill_the_memory()
    {
        var random = new Random(11);
        var server = new SessionUnderTest();
        for (var round = 0; round < 2_000; round++)
        {
            using var session = server.Open();
            var bytes = new byte[random.Next(1, 5_000)];
            random.NextBytes(bytes);
            Salt(bytes, random);

            var reply = new ReplyBuffer();
            session.Process(bytes, reply);

            Assert.True(reply.Length <= 64 * bytes.Length + 4096, $"{reply.Length} bytes of reply to {bytes.Length} bytes of garbage");
        }
    }

    // Beginnings of commands among the garbage, so that it gets further than the first word.
    private static void Salt(byte[] bytes, Random random)
    {
        string[] starts = ["\r\nset ", "\r\nms a ", "\r\nmg a ", "\nget ", " 5\r\n", " b\r\n", "\nma a N", "\nincr a ", "\ncas a 0 0 3 ", "\nmd ", "\nme ", "\nstats "];
        for (var i = 0; i < bytes.Length / 40; i++)
        {
            var start = Encoding.ASCII.GetBytes(starts[random.Next(starts.Length)]);
            start.AsSpan(0, Math.Min(start.Length, bytes.Length)).CopyTo(bytes.AsSpan(random.Next(Math.Max(1, bytes.Length - start.Length))));
        }
    }

    private static byte[] Run(byte[] script, Func<int, int> pieceLength)
    {
        using var session = new SessionUnderTest().Open();
        var reply = new ReplyBuffer();
        var replies = new List<byte>();
        ReadOnlySpan<byte> left = script;
        while (!left.IsEmpty)
        {
            left = left[session.Process(left[..Math.Min(left.Length, pieceLength(left.Length))], reply)..];
            replies.AddRange(reply.Written.Span);
            reply.Clear();
        }

        Assert.Equal(0, reply.Length);
        return [.. replies, session.Closed ? (byte)'!' : (byte)'.'];
    }
}
