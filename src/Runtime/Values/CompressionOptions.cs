namespace TypedCache.Values;

/// <summary>When values are compressed.</summary>
public sealed class CompressionOptions
{
    /// <summary>Values of this size in bytes and more are compressed; 0 turns compression off.</summary>
    public int Threshold { get; set; } = 20_000;

    /// <summary>The part of the size which compression has to save, from 0 to 1, else the value stays as it is.</summary>
    public double MinimumSaving { get; set; } = 0.2;

    /// <summary>The largest size in bytes to which a stored value may expand; more is refused, so that no hostile value fills the memory.</summary>
    public int MaxExpandedSize { get; set; } = 128 * 1024 * 1024;
}
