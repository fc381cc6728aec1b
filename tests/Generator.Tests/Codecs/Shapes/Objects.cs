namespace Shapes;

public enum Level : byte
{
    Low,
    Middle = 7,
    High = 200,
}

[MessagePackObject]
public class Product
{
    [Key(0)]
    public int Id { get; set; }

    [Key(1)]
    public string Name { get; set; } = "";

    [Key(3)]
    public decimal? Price { get; set; }

    [Key(4)]
    public List<string> Tags { get; set; } = [];

    [Key(9)]
    public Level Level { get; set; }

    [Key(10)]
    public Part? Part { get; set; }

    [IgnoreMember]
    public int Cached { get; set; }

    public static int Shared { get; set; }

    internal int Hidden { get; set; }
}

[MessagePackObject]
public readonly record struct Part([property: Key(0)] Guid Id, [property: Key(1)] double Weight);

[MessagePackObject]
public record Person([property: Key(0)] string Name, [property: Key(1)] int Age)
{
    [Key(2)]
    public string? Nick { get; init; } = "none";

    [Key(3)]
    public DateTime Born { get; set; }
}

[MessagePackObject]
public sealed record Employee(string Name, int Age, [property: Key(5)] string Office) : Person(Name, Age);

[MessagePackObject]
public class InitOnly
{
    [Key(0)]
    public required int Id { get; init; }

    [Key(1)]
    public string Text { get; init; } = "missing";

    [Key(2)]
    public required string Title { get; set; }
}

[MessagePackObject]
public struct Mixed
{
    [Key(0)]
    public int Field;

    [Key(2)]
    public string? Text { get; init; }

    [Key(1)]
    public bool Flag { get; set; }

    [Key(3)]
    public readonly int Computed => Field * 2;
}

[MessagePackObject]
public class Chosen
{
    public Chosen(int id, string name, long extra)
    {
        Id = id;
        Name = name;
        Extra = extra;
    }

    [SerializationConstructor]
    public Chosen(int id, object name)
    {
        Id = id;
        Name = (string)name;
    }

    [Key(5)]
    public int Id { get; }

    [Key(7)]
    public string Name { get; }

    [Key(8)]
    public long Extra { get; set; } = 5;

    [Key(12)]
    public int Double => Id * 2;
}

[MessagePackObject]
public class Called : IMessagePackSerializationCallbackReceiver
{
    [Key(0)]
    public int Written { get; set; }

    [IgnoreMember]
    public int Sum { get; set; }

    public void OnBeforeSerialize() => Written = Sum;

    public void OnAfterDeserialize() => Sum = Written + 1;
}

[MessagePackObject]
public class CalledExplicitly : IMessagePackSerializationCallbackReceiver
{
    [Key(0)]
    public int Written { get; set; }

    void IMessagePackSerializationCallbackReceiver.OnBeforeSerialize() => Written++;

    void IMessagePackSerializationCallbackReceiver.OnAfterDeserialize() => Written += 2;
}

public abstract class Shared
{
    [Key(1)]
    public virtual string? Text { get; set; }

    [Key(4)]
    public int Number;
}

[MessagePackObject]
public class Derived : Shared
{
    public override string? Text { get; set; }

    [Key(0)]
    public char Letter { get; set; }
}

[MessagePackObject]
public class Empty;

[MessagePackObject]
public class Wide
{
    [Key(0)]
    public int First { get; set; }

    [Key(40)]
    public int Last { get; set; }
}

public static partial class Samples
{
    private static readonly Gen<string> Text = Gen.String[0, 12];

    private static readonly Gen<Level> Levels = Gen.OneOf(Level.Low, Level.Middle, Level.High);

    public static Gen<Part> Part => from id in Gen.Guid from weight in Gen.Double select new Part(id, weight);

    public static Gen<Part?> NullablePart => Part.Nullable();

    public static Gen<Product> Product =>
        from id in Gen.Int
        from name in Text
        from price in Gen.Decimal.Nullable()
        from tags in Text.List[0, 4]
        from level in Levels
        from part in Part.Nullable()
        select new Product { Id = id, Name = name, Price = price, Tags = tags, Level = level, Part = part };

    public static Gen<Person> Person =>
        from name in Text
        from age in Gen.Int
        from nick in Text.Null()
        from born in Gen.DateTime
        select new Person(name, age) { Nick = nick, Born = born };

    public static Gen<Employee> Employee =>
        from name in Text
        from age in Gen.Int
        from office in Text
        from born in Gen.DateTime
        select new Employee(name, age, office) { Born = born };

    public static Gen<InitOnly> InitOnly =>
        from id in Gen.Int from text in Text from title in Text select new InitOnly { Id = id, Text = text, Title = title };

    public static Gen<Mixed> Mixed =>
        from number in Gen.Int[-1000, 1000] from text in Text.Null() from flag in Gen.Bool select new Mixed { Field = number, Text = text, Flag = flag };

    public static Gen<Chosen> Chosen =>
        from id in Gen.Int[-1000, 1000] from name in Text from extra in Gen.Long select new Chosen(id, name, extra);

    public static Gen<Called> Called => from sum in Gen.Int[0, 1000] select new Called { Sum = sum };

    public static Gen<Derived> Derived =>
        from text in Text.Null() from number in Gen.Int from letter in Gen.Char select new Derived { Text = text, Number = number, Letter = letter };

    public static Gen<Empty> Empty => Gen.Const(() => new Empty());

    public static Gen<Wide> Wide => from first in Gen.Int from last in Gen.Int select new Wide { First = first, Last = last };
}
