using System.Diagnostics.CodeAnalysis;

namespace Shapes;

public interface IHasSecret
{
    int Secret { get; set; }
}

[MessagePackObject(AllowPrivate = true)]
public class Account : IHasSecret
{
    [Key(0)]
    private int _id;

    [Key(1)]
    private readonly string _name;

    [Key(2)]
    public readonly long Opened;

    [Key(3)]
    internal string? _note;

    [Key(9)]
    protected volatile int _version;

    [IgnoreMember]
    private int _cached;

    private Account()
    {
        _name = "initial";
        _cached = 1;
    }

    internal Account(int id, string name, long opened, string? note, int seed)
    {
        (_id, _name, Opened, _note, _version) = (id, name, opened, note, seed);
        (Balance, ReadOnly, Protected, Internal, Kept) = (seed * 1.5m, seed, $"p{seed}", seed > 0, [seed]);
        ((IHasSecret)this).Secret = seed + _cached;
    }

    [Key(4)]
    private decimal Balance { get; set; }

    [Key(5)]
    public int ReadOnly { get; private set; }

    [Key(6)]
    protected string Protected { get; private init; } = "unset";

    [Key(7)]
    internal bool Internal { get; set; }

    [Key(8)]
    int IHasSecret.Secret { get; set; }

    [Key(10)]
    private protected List<int>? Kept { get; set; }

    [Key(11)]
    private int Computed => _id * 2;
}

[MessagePackObject(AllowPrivate = true)]
public class Vault
{
    [Key(0)]
    private int _code;

    [Key(1)]
    private string Label { get; set; } = "";

    [Key(2)]
    protected virtual int Virtual { get; set; }

    public Vault Fill(int code, string label)
    {
        (_code, Label, Virtual) = (code, label, code);
        return this;
    }

    public override string ToString() => $"{_code}";
}

[MessagePackObject(AllowPrivate = true)]
public class InnerVault : Vault
{
    [Key(3)]
    private int _code;

    [Key(4)]
    private string Label { get; set; } = "inner";

    protected override int Virtual { get; set; }

    public InnerVault FillInner(int code, string label)
    {
        Fill(code + 1, label + "!");
        (_code, Label, Virtual) = (code, label, code * 3);
        return this;
    }

    public override string ToString() => $"{_code}";
}

[MessagePackObject(keyAsPropertyName: true, AllowPrivate = true)]
public class ByNameBase
{
    private int _hiddenFromDerived = 3;

    protected int Inherited { get; private set; }

    public int Settable { get; protected set; }

    private int Hidden { get; set; } = 5;

    public void FillBase(int value) => (Inherited, Settable, Hidden, _hiddenFromDerived) = (value, value * 2, value * 3, value * 4);

    public override string ToString() => $"{_hiddenFromDerived}";
}

[MessagePackObject(keyAsPropertyName: true, AllowPrivate = true)]
public class ByName : ByNameBase
{
    private readonly int _number;

    private string? Text { get; init; } = "text";

    internal static int Shared { get; set; }

    public static ByName Create(int number, string? text)
    {
        var result = new ByName(number) { Text = text };
        result.FillBase(number);
        return result;
    }

    private ByName(int number) => _number = number;

    private ByName() => _number = -1;
}

[MessagePackObject(AllowPrivate = true)]
public struct Cell
{
    [Key(0)]
    private int _x;

    [Key(1)]
    private readonly string? _text;

    [Key(2)]
    private double Weight { get; set; }

    [Key(3)]
    internal Guid Id { get; init; }

    public Cell(int x, string? text)
    {
        (_x, _text, Weight, Id) = (x, text, x / 2.0, Guid.Empty);
    }

    public readonly override string ToString() => $"{_x}";
}

[MessagePackObject(AllowPrivate = true)]
public readonly struct Frozen
{
    [Key(0)]
    private readonly int _a;

    [Key(1)]
    private readonly string _b;

    [SerializationConstructor]
    private Frozen(int a, string b) => (_a, _b) = (a, b);

    public static Frozen Of(int a, string b) => new(a, b);

    public override string ToString() => $"{_a}{_b}";
}

[MessagePackObject(AllowPrivate = true)]
public record Linked([property: Key(0)] string? Name)
{
    [Key(1)]
    private int Number { get; init; }

    [Key(2)]
    private Linked? Next { get; init; }

    public static Linked Of(int number, string? name, Linked? next) => new(name) { Number = number, Next = next };
}

[MessagePackObject(AllowPrivate = true)]
public sealed class Box<T>
    where T : notnull
{
    [Key(0)]
    private T _value;

    [Key(1)]
    private List<T> Items { get; init; } = [];

    [SerializationConstructor]
    private Box(T value) => _value = value;

    public static Box<T> Of(T value, params List<T> items) => new(value) { Items = items };

    public override string? ToString() => _value.ToString();
}

[MessagePackObject(AllowPrivate = true)]
public sealed class Demanding
{
    [Key(0)]
    public required int Number { get; init; }

    [Key(1)]
    private string Text { get; set; }

    [SetsRequiredMembers]
    private Demanding(int number, string text) => (Number, Text) = (number, text);

    public static Demanding Of(int number, string text) => new(number, text);
}

public class Generic<T>
{
    [Key(0)]
    private T? _inherited;

    [Key(1)]
    private T? Property { get; init; }

    protected void Fill(T? value) => _inherited = Property ?? value;

    public override string ToString() => $"{_inherited}";
}

[MessagePackObject(AllowPrivate = true)]
public sealed class OfNumbers : Generic<int[]>
{
    [SerializationConstructor]
    private OfNumbers()
    {
    }

    public static OfNumbers Of(int[] numbers)
    {
        var result = new OfNumbers { Own = numbers.Length };
        result.Fill(numbers);
        return result;
    }

    [Key(2)]
    private int Own { get; set; }
}

[MessagePackObject]
public class ByReference
{
    public ByReference(in int first, int second) => (First, Second) = (first, second + 1);

    public ByReference(int first) => First = first;

    [Key(0)]
    public int First { get; }

    [Key(1)]
    public int Second { get; set; }
}

public class Concealed
{
    [Key(0)]
    public int Value { get; set; }

    [Key(2)]
    public int Field;
}

[MessagePackObject]
public class Concealing : Concealed
{
    [Key(1)]
    public new int Value { get; set; }

    [Key(3)]
    public new string? Field;
}

public static partial class Samples
{
    private static readonly Gen<string> Note = Gen.String[0, 9];

    public static Gen<Account> Account =>
        from id in Gen.Int from name in Note from opened in Gen.Long from note in Note.Null() from seed in Gen.Int[-100, 100]
        select new Account(id, name, opened, note, seed);

    public static Gen<Vault> Vault => from code in Gen.Int from label in Note select new Vault().Fill(code, label);

    public static Gen<InnerVault> InnerVault => from code in Gen.Int[0, 9999] from label in Note select new InnerVault().FillInner(code, label);

    public static Gen<ByName> PrivateByName => from number in Gen.Int[0, 99] from text in Note.Null() select ByName.Create(number, text);

    public static Gen<Cell> Cell => from x in Gen.Int from text in Note.Null() select new Cell(x, text);

    public static Gen<List<Cell?>> Cells => Cell.Nullable().List[0, 4];

    public static Gen<Frozen> ReadOnlyFields => from a in Gen.Int from b in Note select Frozen.Of(a, b);

    public static Gen<Linked> PrivateRecord =>
        from a in Gen.Int from b in Gen.Int from name in Note.Null() select Linked.Of(a, name, Linked.Of(b, null, null));

    public static Gen<Box<string>> TextBox => from a in Note from b in Note select Box<string>.Of(a, b, a);

    public static Gen<Box<Cell>> CellBox => from a in Cell from b in Cell select Box<Cell>.Of(a, b);

    public static Gen<Demanding> PrivateConstructor => from a in Gen.Int from b in Note select Demanding.Of(a, b);

    public static Gen<OfNumbers> PrivateInGenericBase => Gen.Int.Array[0, 4].Select(OfNumbers.Of);

    public static Gen<ByReference> ByReference => from a in Gen.Int from b in Gen.Int[0, 99] select new ByReference(a) { Second = b };

    public static Gen<Concealing> Concealing =>
        from outer in Gen.Int from inner in Gen.Int from text in Note.Null()
        select Conceal(new Concealing { Value = outer, Field = text }, inner);

    private static Concealing Conceal(Concealing value, int inner)
    {
        ((Concealed)value).Value = inner;
        ((Concealed)value).Field = inner / 2;
        return value;
    }
}
