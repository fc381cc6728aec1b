using System.Globalization;

namespace TypedCache.Hashing;

/// <summary>The hash of the decimal digits of the hash before, and of a number.</summary>
internal sealed class PythonMemcachedSequence : HashedFailoverSequence<IHashedStrategy>
{
    private const int MaxDigits = 10;

    public static PythonMemcachedSequence Instance { get; } = new();

    private protected override int Find(IHashedStrategy strategy, ReadOnlySpan<byte> key, int attempt)
    {
        Span<byte> text = stackalloc byte[2 * MaxDigits];
        var hash = strategy.Hash(key);
        for (var i = 0; i <= attempt; i++)
        {
            hash.TryFormat(text, out var digits, default, CultureInfo.InvariantCulture);
            i.TryFormat(text[digits..], out var more, default, CultureInfo.InvariantCulture);
            hash = strategy.Hash(text[..(digits + more)]);
        }

        return strategy.FindByHash(hash);
    }
}
