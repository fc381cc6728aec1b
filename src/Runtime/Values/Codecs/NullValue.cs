namespace TypedCache.Values;

/// <summary>The refusal of null by codecs whose format has no form for it.</summary>
internal static class NullValue
{
    /// <summary>Gives the exception which says what to do instead of storing null.</summary>
    public static ArgumentNullException Refused(string parameter) =>
        new(parameter, "null cannot be stored as text or bytes. Delete the key instead, or use a nullable MessagePack type.");
}
