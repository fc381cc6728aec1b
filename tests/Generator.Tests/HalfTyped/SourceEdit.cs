namespace TypedCache.Generator.Tests.HalfTyped;

/// <summary>A source while it is edited.</summary>
/// <param name="Kind">What was done to it.</param>
/// <param name="Position">Where.</param>
/// <param name="Text">What it then looks like.</param>
internal sealed record SourceEdit(string Kind, int Position, string Text)
{
    public override string ToString() => FormattableString.Invariant($"{Kind} at {Position}");
}
