using MessagePack;

namespace TypedCache.AotSmoke.Values;

/// <summary>An object whose stored members and constructor are private: the trimmer sees them through the codec's accessors alone.</summary>
[MessagePackObject(AllowPrivate = true)]
public sealed class Account : IEquatable<Account>
{
    [Key(0)]
    private readonly int _id;

    [Key(1)]
    private List<string> _notes = [];

    [SerializationConstructor]
    private Account(int id) => _id = id;

    [Key(2)]
    private decimal Balance { get; set; }

    [Key(3)]
    internal Pocket Pocket { get; private init; }

    public static Account Open(int id, decimal balance, params List<string> notes) =>
        new(id) { _notes = notes, Balance = balance, Pocket = Pocket.Of(id * 2) };

    public bool Equals(Account? other) =>
        other is not null && _id == other._id && Balance == other.Balance && Pocket.Equals(other.Pocket) && _notes.SequenceEqual(other._notes);

    public override bool Equals(object? obj) => Equals(obj as Account);

    public override int GetHashCode() => _id;
}

/// <summary>A struct with private fields.</summary>
[MessagePackObject(AllowPrivate = true)]
public struct Pocket
{
    [Key(0)]
    private int _coins;

    public static Pocket Of(int coins) => new() { _coins = coins };

    public readonly override string ToString() => $"{_coins} coins";
}
