using TypedCache.Protocol;

namespace TypedCache.Transport.Health;

/// <summary>A call that failed, as far as a probe needs to know it.</summary>
/// <param name="verb">What was asked.</param>
/// <param name="length">How long the value to be stored was, in bytes.</param>
/// <param name="answer">What the server answered, if it did.</param>
internal sealed class FailedCall(Verb verb, int length, string? answer)
{
    /// <summary>When it was, in <see cref="Environment.TickCount64"/> milliseconds.</summary>
    public long At { get; } = Environment.TickCount64;

    public Verb Verb { get; } = verb;

    public int Length { get; } = length;

    public string? Answer { get; } = answer;
}
