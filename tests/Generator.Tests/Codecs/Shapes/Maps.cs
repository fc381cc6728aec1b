using System.Runtime.Serialization;

namespace Shapes
{
    [MessagePackObject(keyAsPropertyName: true)]
    public class Named
    {
        public int Id { get; set; }

        public string? Text { get; set; }

        public int NotStored { get; private set; }

        public int Computed => Id + 1;

        [IgnoreDataMember]
        public int Ignored { get; set; }

        public long Field;

        public readonly long Fixed = 3;

        public string ANameWhichIsLongerThanThirtyOneBytesInUtf8 { get; set; } = "";
    }

    [MessagePackObject]
    public class Keyed
    {
        [Key("id")]
        public int Id { get; set; }

        [Key("größe \"1\"")]
        public double Size { get; set; }

        [Key("both")]
        public string? Both { get; init; } = "kept";
    }

    public class Plain
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";

        public Inner? Inside { get; set; }

        public List<Inner> Others { get; set; } = [];

        public Named? Annotated { get; set; }

        public string @event = "";

        public class Inner
        {
            public bool Flag { get; set; }
        }
    }

    public record Point(int X, int Y)
    {
        public string? Label { get; init; } = "point";

        public int Sum => X + Y;
    }

    public record struct Size(int Width, int Height);

    public class FromConstructor(string name, int count)
    {
        public string Name { get; } = name;

        public int Count { get; } = count;

        public int hasKey { get; set; }

        public string? Key { get; set; } = "initial";
    }

    public class Base
    {
        public int First { get; set; }

        public virtual int Changed { get; set; }

        public string? FieldOfBase;
    }

    public class Child : Base
    {
        public int Last { get; set; }

        public override int Changed { get; set; }

        public string? FieldOfChild;
    }

    public struct Loose
    {
        public int A;

        public int B { get; set; }
    }

    [DataContract]
    public class Ordered
    {
        [DataMember(Order = 2)]
        public int Second { get; set; }

        [DataMember(Order = 1)]
        public int First { get; set; }

        public int NotStored { get; set; }
    }

    [DataContract]
    public class ByContract
    {
        [DataMember(Name = "z")]
        public int Renamed { get; set; }

        [DataMember]
        public int Same { get; set; }
    }

    public class PartlyOrdered
    {
        public int Last { get; set; }

        [DataMember(Order = 1)]
        public int Second { get; set; }

        [DataMember]
        public int First { get; set; }
    }

    public class Required
    {
        public required string Name { get; set; }

        public required int Count { get; init; }
    }

    public class Paged<T>
        where T : notnull
    {
        public IReadOnlyList<T> Items { get; init; } = [];

        public T? First { get; set; }

        public int? Total { get; init; } = -1;
    }

    public record Named<T>(T Value)
    {
        public required string Name { get; init; }
    }

    public static partial class Samples
    {
        private static readonly Gen<string> Words = Gen.String[0, 12];

        public static Gen<Named> Named =>
            from id in Gen.Int
            from text in Words.Null()
            from number in Gen.Long
            from longer in Words
            select new Named { Id = id, Text = text, Field = number, ANameWhichIsLongerThanThirtyOneBytesInUtf8 = longer };

        public static Gen<Keyed> Keyed =>
            from id in Gen.Int from size in Gen.Double from both in Words.Null() select new Keyed { Id = id, Size = size, Both = both };

        public static Gen<Plain> Plain =>
            from id in Gen.Int
            from name in Words
            from inside in Inner.Null()
            from others in Inner.List[0, 3]
            from annotated in Named.Null()
            from text in Words
            select new Plain { Id = id, Name = name, Inside = inside, Others = others, Annotated = annotated, @event = text };

        public static Gen<Point> Point =>
            from x in Gen.Int[0, 9] from y in Gen.Int[0, 9] from label in Words.Null() select new Point(x, y) { Label = label };

        public static Gen<Size> Size => from width in Gen.Int from height in Gen.Int select new Size(width, height);

        public static Gen<FromConstructor> FromConstructor =>
            from name in Words
            from count in Gen.Int
            from has in Gen.Int
            from key in Words.Null()
            select new FromConstructor(name, count) { hasKey = has, Key = key };

        public static Gen<Child> Child =>
            from first in Gen.Int
            from changed in Gen.Int
            from last in Gen.Int
            from text in Words.Null()
            select new Child { First = first, Changed = changed, Last = last, FieldOfBase = text, FieldOfChild = text };

        public static Gen<Loose> Loose => from a in Gen.Int from b in Gen.Int select new Loose { A = a, B = b };

        public static Gen<Ordered> Ordered => from a in Gen.Int from b in Gen.Int select new Ordered { First = a, Second = b };

        public static Gen<ByContract> ByContract => from a in Gen.Int from b in Gen.Int select new ByContract { Renamed = a, Same = b };

        public static Gen<PartlyOrdered> PartlyOrdered =>
            from a in Gen.Int from b in Gen.Int from c in Gen.Int select new PartlyOrdered { First = a, Second = b, Last = c };

        public static Gen<Required> Required => from name in Words from count in Gen.Int select new Required { Name = name, Count = count };

        public static Gen<Paged<string>> PagedText =>
            from items in Words.Array[0, 4] from total in Gen.Int.Nullable() select new Paged<string> { Items = items, First = items.FirstOrDefault(), Total = total };

        public static Gen<Paged<Size>> PagedSize =>
            from items in Size.Array[0, 4] from total in Gen.Int.Nullable() select new Paged<Size> { Items = items, Total = total };

        public static Gen<Named<Point?>> NamedPoint =>
            from value in Point.Null() from name in Words select new Named<Point?>(value) { Name = name };

        public static Gen<Other.Point> OtherPoint => from x in Gen.Double select new Other.Point { X = x };

        private static Gen<Plain.Inner> Inner => Gen.Bool.Select(flag => new Plain.Inner { Flag = flag });
    }
}

namespace Shapes.Other
{
    public class Point
    {
        public double X { get; set; }
    }
}
