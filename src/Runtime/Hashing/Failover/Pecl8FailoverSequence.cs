using System.Globalization;

namespace TypedCache.Hashing;

/// <summary>The servers of <c>key-0</c>, <c>key-1</c> and so on, whatever the strategy.</summary>
internal sealed class Pecl8FailoverSequence : FailoverSequence
{
    private const int SuffixLength = 11;
    private const int StackSize = 512;

    public override int FindCandidate(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        var length = key.Length + SuffixLength;

        // The name is only hashed, so it may be longer than a key.
        var name = length <= StackSize ? stackalloc byte[StackSize] : new byte[length];
        key.CopyTo(name);
        name[key.Length] = (byte)'-';
        attempt.TryFormat(name[(key.Length + 1)..], out var digits, default, CultureInfo.InvariantCulture);
        return strategy.Find(name[..(key.Length + 1 + digits)]);
    }
}
