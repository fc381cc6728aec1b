namespace TypedCache.Values;

/// <summary>The refusal of null by codecs whose format cannot express it.</summary>
internal static class NullValue
{
    /// <summary>Creates the exception that says what to do instead of storing null.</summary>
    public static ArgumentNullException Refused(string parameter) =>
        new(parameter, "null cannot be stored as text or bytes. Delete the key instead, or use a nullable MessagePack type.");
}
