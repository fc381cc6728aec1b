namespace TypedCache.Hashing;

/// <summary>
/// With the standard strategy the folded hashes of <c>1key</c>, <c>2key</c> and so on are added to that of the key; with
/// the others the order is that of <see cref="Pecl8FailoverSequence"/>.
/// </summary>
internal sealed class Pecl2FailoverSequence : FailoverSequence
{
    public override int FindCandidate(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt)
    {
        if (strategy is not StandardHashStrategy standard)
        {
            return Pecl8.FindCandidate(strategy, key, attempt);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        var numbered = new NumberedKey(key, stackalloc byte[NumberedKey.StackSize]);
        var sum = standard.Fold(key);
        for (var i = 1; i <= attempt + 1; i++)
        {
            sum += standard.Fold(numbered.With(i));
        }

        return standard.FindSlot(sum);
    }
}
