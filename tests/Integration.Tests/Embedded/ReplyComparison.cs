using System.Globalization;
using System.Text;

namespace TypedCache.Integration.Tests.Embedded;

/// <summary>Compares what two servers answered, byte for byte except for seconds, which may have ticked between.</summary>
internal static class ReplyComparison
{
    private const long ClockTolerance = 3;

    private static readonly string[] TimedTokens = ["t", "l", "exp=", "la="];

    /// <summary>Fails with the place of the first difference and the command which led to it.</summary>
    public static void AssertSame(ReadOnlySpan<byte> script, byte[] real, byte[] embedded)
    {
        var expected = Lines(real);
        var actual = Lines(embedded);
        for (var i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            var want = i < expected.Length ? expected[i] : "(end)";
            var got = i < actual.Length ? actual[i] : "(end)";
            if (!Same(want, got))
            {
                var context = string.Join("\n  ", expected.AsSpan(Math.Max(0, i - 3), Math.Min(3, i)));
                Assert.Fail($"reply line {i}: memcached {want} embedded {got}\nafter\n  {context}\n{CommandsBefore(script, expected.Take(i).Count(line => line == "MN\\r"))}");
            }
        }
    }

    private static bool Same(string want, string got)
    {
        if (want == got)
        {
            return true;
        }

        var wantTokens = want.Split(' ');
        var gotTokens = got.Split(' ');
        return wantTokens[0] is "HD" or "VA" or "ME"
            && wantTokens.Length == gotTokens.Length
            && wantTokens.Zip(gotTokens).All(pair => SameToken(pair.First, pair.Second));
    }

    private static bool SameToken(string want, string got) =>
        want == got || TimedTokens.Any(prefix => Seconds(want, prefix) is { } a && Seconds(got, prefix) is { } b && Math.Abs(a - b) <= ClockTolerance);

    private static long? Seconds(string token, string prefix) =>
        token.StartsWith(prefix, StringComparison.Ordinal)
        && long.TryParse(token.AsSpan(prefix.Length).TrimEnd("\\r"), CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;

    private static string[] Lines(byte[] replies) => Escape(replies).Split('\n');

    private static string Escape(ReadOnlySpan<byte> bytes) =>
        Encoding.Latin1.GetString(bytes).Replace("\r", "\\r", StringComparison.Ordinal);

    // Scripts put "mn" between commands, so that the number of its answers leads to the command.
    private static string CommandsBefore(ReadOnlySpan<byte> script, int markers)
    {
        var steps = Escape(script).Split("mn\\r\n");
        return "commands\n  " + string.Join("\n  ", steps.Skip(Math.Max(0, markers - 6)).Take(7)).Truncate(3000);
    }

    private static string Truncate(this string text, int length) => text.Length <= length ? text : text[..length];
}
