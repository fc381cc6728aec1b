using MessagePack;

namespace TypedCache.AotSmoke.Values;

/// <summary>An unannotated type, stored as a map by name: constructor, init-only, required and inherited members.</summary>
public record Customer(string Name, Address? Home) : Dated
{
    public required int Age { get; init; }

    public string? Nick { get; init; } = "none";
}

public abstract record Dated
{
    public DateTime Since { get; set; }
}

public record struct Address(string Street, int Number);

/// <summary>An object which is told before it is written and after it was read.</summary>
[MessagePackObject]
public sealed class Counted : IMessagePackSerializationCallbackReceiver
{
    [Key(0)]
    public int Count { get; set; }

    [IgnoreMember]
    public bool WasRead { get; private set; }

    public void OnBeforeSerialize() => Count++;

    public void OnAfterDeserialize() => WasRead = true;
}
