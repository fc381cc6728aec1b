namespace TypedCache.Testing;

/// <summary>What happens to calls, as a test has written it.</summary>
internal sealed class Fault
{
    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>To calls with which keys.</summary>
    public required string Keys { get; init; }

    /// <summary>To how many calls it happens yet; null: to all.</summary>
    public int? Left { get; set; }

    /// <summary>How late the reply is; infinite: it does not come.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How much of the reply comes; null: half of it.</summary>
    public int? Bytes { get; init; }

    /// <summary>What the server says instead.</summary>
    public string Message { get; init; } = "";

    /// <summary>What the test has called.</summary>
    public required string Name { get; init; }
}
