using System.Globalization;

namespace TypedCache.Hashing;

/// <summary>
/// With the standard strategy the folded hashes of <c>1key</c>, <c>2key</c> and so on are added to that of the key; with
/// the others the order is that of <see cref="Pecl8FailoverSequence"/>.
/// </summary>
internal sealed class Pecl2FailoverSequence : FailoverSequence
{
    private const int MaxDigits = 10;
    private const int StackSize = 512;

    public override int FindCandidate(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt)
    {
        if (strategy is not StandardHashStrategy standard)
        {
            return Pecl8.FindCandidate(strategy, key, attempt);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        var length = MaxDigits + key.Length;
        var buffer = length <= StackSize ? stackalloc byte[StackSize] : new byte[length];
        key.CopyTo(buffer[MaxDigits..]);
        var sum = standard.Fold(key);
        for (var i = 1; i <= attempt + 1; i++)
        {
            sum += standard.Fold(NumberedKey(buffer[..length], i));
        }

        return standard.FindSlot(sum);
    }

    // The key stays where it is; the number is put right in front of it.
    private static Span<byte> NumberedKey(Span<byte> buffer, int number)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        number.TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
        var numbered = buffer[(MaxDigits - count)..];
        digits[..count].CopyTo(numbered);
        return numbered;
    }
}
