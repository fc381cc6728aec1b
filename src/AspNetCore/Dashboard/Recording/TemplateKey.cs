namespace TypedCache.AspNetCore.Dashboard;

/// <summary>A template of keys, as telemetry calls it. Both are empty for keys without one.</summary>
/// <param name="Client">The client's prefix.</param>
/// <param name="Key">The template.</param>
internal readonly record struct TemplateKey(string Client, string Key)
{
    /// <summary>Reads it from the attributes of a measurement.</summary>
    public static TemplateKey Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        new(Tags.Text(tags, TypedCacheTelemetry.Attributes.Client), Tags.Text(tags, TypedCacheTelemetry.Attributes.Key));
}
