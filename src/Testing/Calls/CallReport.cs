using System.Globalization;
using System.Text;

namespace TypedCache.Testing;

/// <summary>Recorded calls as text, below what was expected of them.</summary>
internal static class CallReport
{
    // From both ends, so many are shown.
    private const int MaxOfEnd = 20;

    /// <summary>Writes a message.</summary>
    /// <param name="expectation">What was expected and what there is.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="counts">Whether a call is one of those that were counted.</param>
    public static string Write(string expectation, RecordedCall[] calls, Func<int, bool> counts)
    {
        var text = new StringBuilder(expectation);
        if (calls.Length == 0)
        {
            return text.Append(text.Length == 0 ? "" : "\n\n").Append("No server was asked anything.").ToString();
        }

        text.Append(text.Length == 0 ? "" : "\n\n").Append(CultureInfo.InvariantCulture, $"All calls, in order ({calls.Length}):");
        var (server, kind, key) = (calls.Max(static call => call.Server.Length), calls.Max(static call => call.KindText.Length), calls.Max(static call => call.Key.Length));
        for (var i = 0; i < calls.Length; i++)
        {
            if (i == MaxOfEnd && calls.Length > 2 * MaxOfEnd)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  ... {calls.Length - (2 * MaxOfEnd)} more");
                i = calls.Length - MaxOfEnd;
            }

            var call = calls[i];
            text.Append(counts(i) ? "\n> " : "\n  ")
                .Append(call.TimeText).Append("  ")
                .Append(call.Server.PadRight(server + 2))
                .Append(call.KindText.PadRight(kind + 2))
                .Append(call.Key.PadRight(key + 2))
                .Append(call.AnswerText());
        }

        return text.ToString();
    }
}
