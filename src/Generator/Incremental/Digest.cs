namespace TypedCache.Generator.Incremental;

/// <summary>A number for a sequence of numbers and texts. Two sequences that differ share one with a chance of 1 in 2⁶⁴.</summary>
internal struct Digest
{
    // FNV's prime and start; https://www.isthe.com/chongo/tech/comp/fnv/
    private const ulong Prime = 0x100000001B3;
    private const ulong Start = 0xCBF29CE484222325;

    // The multiplier of MurmurHash3's last step, which spreads the high bits again.
    private const ulong Spread = 0xFF51AFD7ED558CCD;

    private ulong _value;

    /// <summary>The number of all that was added.</summary>
    public readonly ulong Value => _value;

    public void Add(ulong part)
    {
        unchecked
        {
            var mixed = (_value ^ part) * Spread;
            _value = (mixed ^ (mixed >> 29)) + Start;
        }
    }

    public void Add(string text)
    {
        var value = Start;
        foreach (var c in text)
        {
            value = unchecked((value ^ c) * Prime);
        }

        Add(value);
        Add((ulong)text.Length);
    }
}
