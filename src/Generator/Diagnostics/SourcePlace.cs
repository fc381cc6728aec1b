using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Diagnostics;

/// <summary>A place in the source: a real location, since pragmas do not work with any other.</summary>
internal sealed record SourcePlace(Location Location);
