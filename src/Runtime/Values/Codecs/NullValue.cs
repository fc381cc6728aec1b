namespace TypedCache.Values;

/// <summary>null, in the format that has it and in those that cannot express it.</summary>
internal static class NullValue
{
    private static readonly byte[] Nil = [0xC0];

    /// <summary>MessagePack's null.</summary>
    public static ReadOnlyMemory<byte> MessagePack => Nil;

    /// <summary>Creates the exception that says what to do instead of storing null.</summary>
    public static ArgumentNullException Refused(string parameter) =>
        new(parameter, "null cannot be stored as text or bytes. Delete the key instead, or use a nullable MessagePack type.");
}
