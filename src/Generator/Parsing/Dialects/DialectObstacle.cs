namespace TypedCache.Generator.Parsing.Dialects;

/// <summary>Why the clients of a dialect cannot read values of a type.</summary>
/// <param name="Reason">What stands in the way, as a sentence without its full stop.</param>
/// <param name="Replacement">What to use in its place.</param>
internal sealed record DialectObstacle(string Reason, string Replacement);
