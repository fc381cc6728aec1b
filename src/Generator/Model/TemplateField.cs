namespace TypedCache.Generator.Model;

/// <summary>A static field of the client that names keys in telemetry: one for all members with the same keys.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Client">What the keys begin with.</param>
/// <param name="Key">The key of the first of those members.</param>
/// <param name="IsSensitive">Whether any of those members has a part that is a secret.</param>
internal sealed record TemplateField(string Name, string Client, KeyModel Key, bool IsSensitive);
