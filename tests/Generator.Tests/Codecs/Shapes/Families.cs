namespace Shapes;

[Union(0, typeof(Circle))]
[Union(3, typeof(Square))]
[Union(7, typeof(Dot))]
public interface IShape;

[MessagePackObject]
public class Circle : IShape
{
    [Key(0)]
    public double Radius { get; set; }
}

[MessagePackObject(true)]
public record Square(int Side) : IShape;

[MessagePackObject]
public struct Dot : IShape
{
    [Key(0)]
    public int X { get; set; }
}

[MessagePackObject]
public class Ring : Circle
{
    [Key(1)]
    public double Width { get; set; }
}

[Union(0, typeof(Dog))]
[Union(1, typeof(Cat))]
public abstract class Animal
{
    public string Name { get; set; } = "";
}

public class Dog : Animal
{
    public IShape? Toy { get; set; }
}

public class Cat : Animal
{
    public List<Animal> Friends { get; set; } = [];
}

[MessagePackObject]
public class Node
{
    [Key(0)]
    public int Value { get; set; }

    [Key(1)]
    public Node? Next { get; set; }

    [Key(2)]
    public Dictionary<string, Node>? Children { get; set; }
}

public record Tree(string Name, IReadOnlyList<Tree> Branches);

public class Outer
{
    public Inner? Nested { get; set; }

    public record Inner(int Id, Outer? Parent);
}

public static partial class Samples
{
    private static readonly Gen<string> Label = Gen.String[0, 6];

    public static Gen<IShape?> Shape => Gen.OneOf<IShape?>(
        Gen.Double.Select(IShape? (radius) => new Circle { Radius = radius }),
        Gen.Int.Select(IShape? (side) => new Square(side)),
        Gen.Int.Select(IShape? (x) => new Dot { X = x }),
        Gen.Double.Select(IShape? (width) => new Ring { Width = width }),
        Gen.Const<IShape?>((IShape?)null));

    public static Gen<Animal> Animal => Gen.Recursive<Animal>((depth, animal) => depth > 3
        ? Dog
        : Gen.Frequency<Animal>((2, Dog), (1, from name in Label from friends in animal.List[0, 3] select (Animal)new Cat { Name = name, Friends = friends })));

    public static Gen<List<IShape?>> Shapes => Shape.List[0, 5];

    public static Gen<Node> Node => Gen.Recursive<Node>((depth, node) => depth > 3
        ? Gen.Int.Select(value => new Node { Value = value })
        : from value in Gen.Int
          from next in node.Null()
          from children in Gen.Dictionary(Label, node)[0, 2].Null()
          select new Node { Value = value, Next = next, Children = children });

    public static Gen<Tree> Tree => Gen.Recursive<Tree>((depth, tree) =>
        from name in Label
        from branches in tree.Array[0, depth > 3 ? 0 : 3]
        select new Tree(name, branches));

    public static Gen<Outer> Outer =>
        from id in Gen.Int from deep in Gen.Bool select new Outer { Nested = new(id, deep ? new Outer { Nested = new(id, null) } : null) };

    private static Gen<Animal> Dog => from name in Label from toy in Shape select (Animal)new Dog { Name = name, Toy = toy };
}
