using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using TypedCache.Generator.Parsing.Near;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Near;

/// <summary>Which values all callers can share, and what stands in the way of the others.</summary>
public sealed class ImmutabilityTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Frozen;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.Collections.ObjectModel;
        global using System.ComponentModel;
        global using MessagePack;

        """;

    private const string Codec = """
        public sealed class TheCodec : TypedCache.Values.ICacheCodec<T>
        {
            public TypedCache.Values.CacheFlags Write(System.Buffers.IBufferWriter<byte> output, T value) => default;
            public T Read(System.Buffers.ReadOnlySequence<byte> payload, TypedCache.Values.CacheFlags flags) => null!;
        }
        """;

    [Theory]
    [InlineData("int")]
    [InlineData("bool")]
    [InlineData("string")]
    [InlineData("decimal")]
    [InlineData("double?")]
    [InlineData("Guid")]
    [InlineData("DateTime")]
    [InlineData("DateTimeOffset?")]
    [InlineData("DateOnly")]
    [InlineData("TimeOnly")]
    [InlineData("TimeSpan")]
    [InlineData("DayOfWeek")]
    [InlineData("Uri")]
    [InlineData("Version")]
    [InlineData("Half")]
    [InlineData("Int128")]
    [InlineData("System.Numerics.BigInteger")]
    [InlineData("System.Numerics.Complex")]
    [InlineData("System.Numerics.Vector3")]
    [InlineData("System.Text.Rune")]
    [InlineData("(int Id, string Name)")]
    [InlineData("Tuple<int, string>")]
    [InlineData("KeyValuePair<string, int>")]
    [InlineData("ImmutableArray<string>")]
    [InlineData("ImmutableArray<int>?")]
    [InlineData("ImmutableList<ImmutableHashSet<Guid>>")]
    [InlineData("ImmutableDictionary<string, (int, string)>")]
    [InlineData("ImmutableSortedDictionary<string, int>")]
    [InlineData("ImmutableSortedSet<int>")]
    [InlineData("ImmutableQueue<int>")]
    [InlineData("ImmutableStack<int>")]
    [InlineData("FrozenSet<string>")]
    [InlineData("FrozenDictionary<string, ImmutableArray<int>>")]
    public void Shared(string type) => Assert.Null(Find($"public class Holder {{ public readonly {type} Value; }}", "Holder"));

    [Theory]
    [InlineData("public sealed record T(int Id, string? Name, Uri? Site);")]
    [InlineData("public record T(int Id) { public string? Name { get; init; } public required string Title { get; init; } }")]
    [InlineData("public class T { public int Id { get; } private readonly string _name = \"\"; public string Name => _name; public T(int id) => Id = id; }")]
    [InlineData("public class T { public static int Count { get; set; } public const int Most = 3; public int Id { get; init; } }")]
    [InlineData("public class T : Base { public string Name { get; init; } = \"\"; } public abstract class Base { public int Id { get; init; } }")]
    [InlineData("public class T { public string Name { get; init => field = value.Trim(); } = \"\"; }")]
    [InlineData("public class T(int id, string name) { public int Id { get; } = id; public string Name { get; } = name.Trim(); }")]
    [InlineData("public struct T { public int Id; public string Name { get; set; } }")]
    [InlineData("public record struct T(int Id, string Name);")]
    [InlineData("public struct T(int id) { public int Next() => ++id; }")]
    [InlineData("public record T(Point At); public struct Point { public int X; public int Y { get; set; } }")]
    [InlineData("public record T(T? Next, ImmutableArray<T> All);")]
    [InlineData("public record T(U? Other); public record U(T? Other);")]
    [InlineData("public record T(Level Level); public enum Level { Low, High }")]
    [InlineData("public record V<X>(X Value); public record T(V<int> One, V<ImmutableArray<string>> Two);")]
    [InlineData("[Union(0, typeof(A))] [Union(1, typeof(B))] public interface T { } public sealed record A(int X) : T; public record B(T? Inner) : T;")]
    [InlineData("[Union(0, typeof(A))] public abstract record T(int Id); public sealed record A(int Id, string Name) : T(Id);")]
    [InlineData("[ImmutableObject(true)] public sealed class T { public List<int> Items { get; set; } = []; }")]
    [InlineData("public record T(U Inner); [ImmutableObject(true)] public class U { public int[] Items = []; }")]
    [InlineData("public class T : U { public int Id { get; init; } } [ImmutableObject(true)] public class U { public int[] Items = []; }")]
    [InlineData("public partial class T { public partial int Id { get; } } partial class T { public partial int Id { get => 1; } }")]
    [InlineData("public class T { public int Id { get; init; } public List<int> Fresh => []; public int this[int i] { get => i; set { } } }")]
    public void Shared_types(string source) => Assert.Null(Find(source, "T"));

    [Theory]
    [InlineData("public sealed record T(List<int> Items);", "'T.Items' is of type 'List<int>', which can change", "use ImmutableArray<int>")]
    [InlineData("public sealed record T(byte[] Bytes);", "'T.Bytes' is of type 'byte[]', which can change", "use a type that cannot change")]
    [InlineData("public sealed record T(string[] Tags);", "'T.Tags' is of type 'string[]', which can change", "use ImmutableArray<string>")]
    [InlineData("public sealed record T(ReadOnlyMemory<byte> Bytes);", "'T.Bytes' is of type 'ReadOnlyMemory<byte>', which can change", "use a type that cannot change")]
    [InlineData("public sealed record T(IReadOnlyList<int> Items);", "'T.Items' is of type 'IReadOnlyList<int>', which can change", "use ImmutableArray<int>")]
    [InlineData("public sealed record T(ReadOnlyCollection<int> Items);", "'T.Items' is of type 'ReadOnlyCollection<int>', which can change", "use ImmutableArray<int>")]
    [InlineData("public sealed record T(IReadOnlySet<int> Items);", "'T.Items' is of type 'IReadOnlySet<int>', which can change", "use FrozenSet<int>")]
    [InlineData("public sealed record T(Dictionary<int, string> Items);", "'T.Items' is of type 'Dictionary<int, string>', which can change", "use FrozenDictionary<int, string>")]
    [InlineData("public sealed record T(object Any);", "'T.Any' is of type 'object', which can change", "use a type that cannot change")]
    [InlineData("public sealed record T(dynamic Any);", "'T.Any' is of type 'dynamic', which can change", "use a type that cannot change")]
    [InlineData("public sealed record T(System.Text.StringBuilder Text);", "'T.Text' is of type 'StringBuilder', which can change", "use a type that cannot change")]
    [InlineData("public sealed record T(Action Run);", "'T.Run' is of type 'Action', which can change", "use a type that cannot change")]
    [InlineData("public class T { public int Id { get; set; } }", "'T.Id' can be set", "write init instead of set")]
    [InlineData("public class T { public int Id { get; private set; } }", "'T.Id' can be set", "write init instead of set")]
    [InlineData("public class T { public int Id; }", "'T.Id' is not readonly", "make it readonly")]
    [InlineData("public class T { private int _reads; public int Id { get { _reads++; return 1; } } }", "'T._reads' is not readonly", "make it readonly")]
    [InlineData("public class T { public int Id { get => field++; } }", "'T.Id' has a field that its getter can set", "let the compiler write the getter")]
    [InlineData("public class T { public event Action? Changed; }", "'T.Changed' is an event", "remove it")]
    [InlineData("public class T(int reads) { public int Next() => ++reads; }", "'T' keeps 'reads' of its constructor, which it can set", "copy it to a readonly field")]
    [InlineData(
        "public partial class T(int reads) { } partial class T { public int Next() { return ++reads; } }",
        "'T' keeps 'reads' of its constructor, which it can set",
        "copy it to a readonly field")]
    [InlineData("public struct T(List<int> items) { public int Count => items.Count; }", "'T.items' is of type 'List<int>', which can change", "use ImmutableArray<int>")]
    [InlineData("public partial class T { public partial int Id { get; set; } }", "'T.Id' can be set", "write init instead of set")]
    public void Not_shared(string source, string reason, string fix) =>
        Assert.Equal((reason, $"{fix}, or mark 'T' with [ImmutableObject(true)] if nobody changes it"), Find(source, "T"));

    [Theory]
    [InlineData("public class T : U { } public class U { public int Id { get; set; } }", "'T.Id' can be set", "write init instead of set", "U")]
    [InlineData(
        "public record T(U Inner); public record U(ImmutableArray<V> All); public class V { public int X { get; set; } }", "'T.Inner.All.X' can be set", "write init instead of set", "V")]
    [InlineData("public record T((int, V) Pair); public class V { public int X { get; set; } }", "'T.Pair.Item2.X' can be set", "write init instead of set", "V")]
    [InlineData("public record T(KeyValuePair<int, V> Pair); public class V { public int X { get; set; } }", "'T.Pair.X' can be set", "write init instead of set", "V")]
    [InlineData("public record T(S Inner); public struct S { public List<int> Items; }", "'T.Inner.Items' is of type 'List<int>', which can change", "use ImmutableArray<int>", "S")]
    [InlineData("public record T(T? Next, U Last); public class U { public int X { get; set; } }", "'T.Last.X' can be set", "write init instead of set", "U")]
    [InlineData(
        "[Union(0, typeof(A))] [Union(1, typeof(B))] public interface T { } public record A(int X) : T; public class B : T { public int X { get; set; } }",
        "'B.X' can be set", "write init instead of set", "B")]
    public void Not_shared_inside(string source, string reason, string fix, string marked) =>
        Assert.Equal((reason, $"{fix}, or mark '{marked}' with [ImmutableObject(true)] if nobody changes it"), Find(source, "T"));

    [Theory]
    [InlineData("[ImmutableObject(false)] public sealed record T(int Id);", "'T' has [ImmutableObject(false)]", "remove it if nothing in the type can change")]
    [InlineData("public sealed record T(ImmutableArray<List<int>> Items);", "'List<int>' can change", "use ImmutableArray<int>")]
    [InlineData("public sealed class T : List<int> { }", "'T' can change", "use a type that cannot change, or mark 'T' with [ImmutableObject(true)] if nobody changes it")]
    [InlineData("public interface T { int Id { get; } }", "'T' can change", "use a type that cannot change, or mark 'T' with [ImmutableObject(true)] if nobody changes it")]
    public void Not_shared_otherwise(string source, string reason, string fix) => Assert.Equal((reason, fix), Find(source, "T"));

    [Theory]
    [InlineData("string", null)]
    [InlineData("System.Collections.Generic.List<int>", "'T.Value' is of type 'List<int>', which can change")]
    public void Value_objects_of_another_generator_hold_what_they_announce(string held, string? reason) => Assert.Equal(
        reason,
        Find($$"""
            [Vogen.ValueObject(typeof({{held}}))] public partial class T { }
            namespace Vogen { public class ValueObjectAttribute(Type type) : Attribute { public Type Type => type; } }
            """, "T")?.Reason);

    [Fact]
    public void What_grows_without_end_is_not_shared() =>
        Assert.NotNull(Find("public record V<X>(V<ImmutableArray<X>>? Next); public record T(V<int> One);", "T"));

    [Fact]
    public void A_chain_of_many_types_needs_no_deep_stack()
    {
        const int Length = 5_000;
        var chain = string.Concat(Enumerable.Range(0, Length).Select(static i => $"public record T{i}(T{i + 1}? Next);\n"));

        Assert.Null(Find(chain + $"public record T{Length}(int Id);", "T0"));
        Assert.NotNull(Find(chain + $"public record T{Length}(int[] Id);", "T0"));
    }

    [Fact]
    public void A_codec_by_hand_can_make_what_is_derived()
    {
        Assert.Equal(
            ("'T' can be of a class derived from 'T', which its codec decides", "seal 'T'"),
            Find("public record T(int Id);", "T", isCustom: true));
        Assert.Equal(
            ("'T.Inner' can be of a class derived from 'U', which its codec decides", "seal 'U'"),
            Find("public sealed record T(U Inner); public record U(int Id);", "T", isCustom: true));
        Assert.Equal(
            ("'Holder.Inner' can be of a class derived from 'T', which its codec decides", "seal 'T'"),
            Find($"[TypedCache.CacheCodec(typeof(TheCodec))] public record T(int Id); public sealed record Holder(T Inner); {Codec}", "Holder"));
        Assert.Null(Find("public sealed record T(int Id, Uri Site, ImmutableList<Version> All);", "T", isCustom: true));
        Assert.NotNull(Find("[Union(0, typeof(A))] public interface T { } public sealed record A(int X) : T;", "T", isCustom: true));
    }

    [Theory]
    [InlineData("public record T(int Id, string Name);", true)]
    [InlineData("public record T(int Id) { public string FullName => Id + \"\"; }", true)]
    [InlineData("public readonly record struct T(int Id, string Name);", true)]
    [InlineData("public struct T { private int _id; public int Id { get => _id; set => _id = value; } }", true)]
    [InlineData("[System.ComponentModel.ImmutableObject(true)] public sealed class T { public int Id { get; set; } }", true)]
    [InlineData("public enum T { A }", true)]
    [InlineData("public record T(int Id) { public string Name { get; set; } = \"\"; }", false)]
    [InlineData("public record T(int Id) { public string Name { get; private set; } = \"\"; public void Set(string name) => Name = name; }", false)]
    [InlineData("public record T(int Id) { public int Count; }", false)]
    [InlineData("public record T(int[] Ids);", false)]
    [InlineData("public record T(int Id) { private readonly int[] _all = []; public int[] All => _all; }", false)]
    [InlineData("public sealed class T { public int Id { get; init; } }", false)]
    [InlineData("public readonly struct T { private readonly int[] _ids; public T(int[] ids) => _ids = ids; public int this[int i] => _ids[i]; }", false)]
    [InlineData("public class T : System.EventArgs { }", false)]
    public void Types_of_another_assembly(string source, bool isShared)
    {
        var library = CSharpCompilation.Create(
            "Library",
            [TestCompilation.Parse(source)],
            Net100.References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        MetadataReference[] references =
        [
            Image(library, new EmitOptions(metadataOnly: true, includePrivateMembers: false)),
            Image(library, new EmitOptions()),
        ];

        Assert.All(references, reference => Assert.Equal(isShared, Find("public record Holder(T Value);", "Holder", isCustom: false, reference) is null));
    }

    private static PortableExecutableReference Image(CSharpCompilation library, EmitOptions options)
    {
        using var image = new MemoryStream();
        var result = library.Emit(image, options: options);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static (string Reason, string Fix)? Find(string source, string name, bool isCustom = false, params MetadataReference[] references)
    {
        Compilation compilation = TestCompilation.Create(Usings + source).AddReferences(references);
        var type = compilation.GetTypeByMetadataName(name)!;
        return new ImmutabilityCheck(compilation).FindMutablePart(type, isCustom) is { } part ? (part.Reason, part.Fix) : null;
    }
}
