namespace TypedCache.Pool;

/// <summary>A value as it is stored, to be stored again.</summary>
/// <param name="Payload">Its bytes.</param>
/// <param name="Flags">Its flags.</param>
internal sealed record StoredBytes(byte[] Payload, uint Flags);
