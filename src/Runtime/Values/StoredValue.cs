namespace TypedCache.Values;

/// <summary>A value as it came from a server, uncompressed: its payload, its flags, and what the dialect makes of them.</summary>
public readonly struct StoredValue
{
    /// <summary>The bytes. They are only valid during the call which hands them over.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The flags as stored.</summary>
    public uint Flags { get; }

    /// <summary>What the bytes are.</summary>
    public ValueKind Kind { get; }

    /// <summary>Reads text; numbers and bools come as their text.</summary>
    public string ReadText() => throw new NotSupportedException();

    /// <summary>Reads a whole number.</summary>
    public long ReadInteger() => throw new NotSupportedException();

    /// <summary>Reads a whole number.</summary>
    public ulong ReadUnsigned() => throw new NotSupportedException();

    /// <summary>Reads a floating-point number.</summary>
    public double ReadFloat() => throw new NotSupportedException();

    /// <summary>Reads a bool.</summary>
    public bool ReadBoolean() => throw new NotSupportedException();

    /// <summary>The exception which says that the value cannot be read as the expected type: names key, flags, what was found and expected.</summary>
    /// <param name="expected">What was expected, for example <c>Product as MessagePack</c>.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CacheValueException Unreadable(string expected, Exception? innerException = null) => throw new NotSupportedException();
}
