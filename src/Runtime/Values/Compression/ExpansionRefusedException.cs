namespace TypedCache.Values;

/// <summary>A compressed value is not expanded because a setting forbids it, whatever its bytes are. The message names the setting.</summary>
internal sealed class ExpansionRefusedException(string message) : Exception(message);
