using System.Globalization;
using TypedCache.Protocol;

namespace TypedCache.Transport.Health;

/// <summary>Why a server counts as sick.</summary>
/// <param name="counts">What was counted.</param>
/// <param name="window">Over which time.</param>
/// <param name="isMemory">Whether it is for want of memory.</param>
/// <param name="last">The call that failed last.</param>
internal sealed class Sickness(CallCounts counts, TimeSpan window, bool isMemory, FailedCall? last)
{
    // A proxy may quote what it likes.
    private const int MaxAnswerLength = 100;

    /// <summary>What a probe has to ask.</summary>
    public Verb Verb { get; } = isMemory ? Verb.Set : last?.Verb ?? Verb.Get;

    /// <summary>How long the value is that a probe has to store, in bytes.</summary>
    public int Length { get; } = last?.Length ?? 0;

    /// <summary>What happened, as a sentence about the server: <c>is sick: 37 of 40 calls ...</c></summary>
    public string Describe()
    {
        var (failed, calls, what) = isMemory ? (counts.WithoutMemory, counts.Stores, "stores") : (counts.Failed, counts.Calls, "calls");
        return string.Create(CultureInfo.InvariantCulture, $"is sick: {failed} of {calls} {what} in the last {window.TotalSeconds:0.###} s failed: {Kinds()}.{Answer()}");
    }

    private string Kinds() => isMemory
        ? "it was out of memory"
        : string.Create(CultureInfo.InvariantCulture, $"{counts.TimedOut} timed out, {counts.Refused} were refused, {counts.Lost} were lost");

    private string Answer() => last?.Answer is { } answer ? $" The last answer was '{(answer.Length > MaxAnswerLength ? answer[..MaxAnswerLength] : answer)}'." : "";
}
