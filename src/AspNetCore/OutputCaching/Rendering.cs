namespace TypedCache.AspNetCore;

/// <summary>A response that was missing and is not stored yet.</summary>
/// <param name="Before">The versions of tags when it was missing; null: they could not be read.</param>
/// <param name="Tags">The tags that it had the last time, whose versions these are; null: they are not known, and it is the version that each eviction changes.</param>
internal sealed record Rendering(TagSnapshot<Response>? Before, string[]? Tags)
{
    /// <summary>Whether the versions tell what has happened to tags.</summary>
    public bool Covers(string[] tags) => Before is not null && (Tags is null || Tags.AsSpan().SequenceEqual(tags));
}
