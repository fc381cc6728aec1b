namespace Shapes;

public class NewerPlain
{
    public string Name { get; set; } = "new";

    public int Id { get; init; } = 7;

    public List<int> Added { get; set; } = [1, 2];

    public string? AlsoAdded { get; init; } = "default";
}

public record NewerPoint(int X, int Z = 5)
{
    public string Label { get; set; } = "newer";

    public int? W { get; init; } = 4;
}

[MessagePackObject]
public record NewerPerson([property: Key(0)] string Name)
{
    [Key(1)]
    public int Age { get; init; } = 30;

    [Key(2)]
    public string? Nick { get; set; } = "kept";

    [Key(3)]
    public DateTime Born { get; init; } = DateTime.UnixEpoch;

    [Key(4)]
    public required string[] Added { get; set; } = ["a"];
}

[MessagePackObject]
public struct NewerMixed
{
    [Key(0)]
    public int Field;

    [Key(2)]
    public string? Text { get; init; }
}

public static partial class Samples
{
    public static Gen<NewerPlain> NewerPlain => Gen.Int.Select(id => new NewerPlain { Id = id });

    public static Gen<NewerPoint> NewerPoint => Gen.Int.Select(x => new NewerPoint(x));

    public static Gen<NewerPerson> NewerPerson => Gen.Int.Select(age => new NewerPerson("name") { Age = age, Added = [] });

    public static Gen<NewerMixed> NewerMixed => Gen.Int.Select(number => new NewerMixed { Field = number });
}
