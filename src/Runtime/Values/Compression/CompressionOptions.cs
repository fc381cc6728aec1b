namespace TypedCache.Values;

/// <summary>When values are compressed. Only strings, bytes and MessagePack are, never numbers and bools.</summary>
public sealed class CompressionOptions
{
    /// <summary>Creates options under which values are compressed, and compressed ones read, with zlib.</summary>
    public CompressionOptions()
        : this(Zlib.Instance)
    {
    }

    private CompressionOptions(ICompressor? compressor) => Compressor = compressor;

    /// <summary>
    /// Creates options under which no value is compressed, and values that zlib has compressed, whoever stored them, are refused with
    /// a <see cref="CacheValueException"/>. A native program that creates no others has no zlib in it, which saves about 200 KB.
    /// </summary>
    public static CompressionOptions WithoutZlib() => new(compressor: null);

    /// <summary>Values of at least this size in bytes are compressed; 0 turns compression off. pecl-memcache's default is 20000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Threshold
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Threshold));
            field = value;
        }
    } = 20_000;

    /// <summary>The part of the size that compression has to save, from 0 to 1; otherwise the value stays as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from 0 to 1.</exception>
    public double MinimumSaving
    {
        get;
        set
        {
            if (value is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(MinimumSaving), value, "MinimumSaving is a part of the size, from 0 to 1.");
            }

            field = value;
        }
    } = 0.2;

    /// <summary>
    /// The largest size in bytes to which a stored value may expand; by default 128 MiB. A larger one is refused, so that no hostile value
    /// fills the memory, and is not stored compressed either: <see cref="ArgumentException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1, or more than an array can hold.</exception>
    public int MaxExpandedSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxExpandedSize));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Array.MaxLength, nameof(MaxExpandedSize));
            field = value;
        }
    } = 128 * 1024 * 1024;

    /// <summary>
    /// How much memory compressed values of a pool may take while they are expanded and read, in bytes, all callers together. A read
    /// for which there is not enough left throws <see cref="CacheValueException"/> at once; get-or-create creates the value again.
    /// Default: 256 MiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxExpandedTogether
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxExpandedTogether));
            field = value;
        }
    } = 256 * 1024 * 1024;

    /// <summary>What compresses; null if there is nothing.</summary>
    internal ICompressor? Compressor { get; }

    /// <summary>What expands.</summary>
    /// <exception cref="ExpansionRefusedException">There is nothing.</exception>
    internal ICompressor RequiredCompressor =>
        Compressor ?? throw new ExpansionRefusedException($"the pool's options have no zlib. Use {nameof(CompressionOptions)} that were not created by {nameof(WithoutZlib)}.");
}
