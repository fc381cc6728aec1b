using TypedCache.Generator.Parsing.Codecs;

namespace TypedCache.Generator.Tests.Codecs;

public sealed class CodecRefusalTests
{
    [Theory]
    [InlineData("abstract class T;", "'T' is abstract; name its implementations with [Union(0, typeof(...))], or use a concrete type")]
    [InlineData("interface T;", "'T' is an interface; name its implementations with [Union(0, typeof(...))], or use a concrete type")]
    [InlineData("class T { public A? Part { get; set; } } abstract class A;", "'T.Part': 'A' is abstract; name its implementations with [Union(0, typeof(...))], or use a concrete type")]
    [InlineData("class T { public B? One { get; set; } } class B { public List<object> Two { get; set; } = []; }", "'B.Two': 'object' does not say what is stored; use a concrete type, or an interface with [Union]")]
    [InlineData("class T { public dynamic? One { get; set; } }", "'T.One': 'dynamic' does not say what is stored; use a concrete type, or an interface with [Union]")]
    [InlineData("class T { public Action? Run { get; set; } }", "'T.Run': the delegate 'System.Action' cannot be stored")]
    [InlineData("unsafe struct T { public int* At; }", "'T.At': the pointer 'int*' cannot be stored")]
    [InlineData("class T { public int[,,,,]? Deep { get; set; } }", "'T.Deep': 'int[*,*,*,*,*]' has more than 4 dimensions")]
    [InlineData("class T { public Type? Kind { get; set; } }", "'T.Kind': 'System.Type' would be loaded by the name in the payload, no matter who wrote it; store the name as a string")]
    [InlineData("class T { public System.Collections.IList? Items { get; set; } }", "'T.Items': 'System.Collections.IList' holds objects of unknown types; use a generic collection")]
    [InlineData("class T { public System.IO.FileInfo? File { get; set; } }", "'T.File': MessagePack has no form for 'System.IO.FileInfo'; use a type of your own, add [IgnoreMember], or name a codec with [assembly: CacheCodec]")]
    [InlineData("class T { private class P; public List<P> Items { get; set; } = []; }", "'T.Items': generated code cannot access 'T.P'; make it internal or public")]
    [InlineData("[MessagePackObject] class T { public int Id { get; set; } }", "'T.Id' has neither [Key] nor [IgnoreMember]")]
    [InlineData("[MessagePackObject] class T { [Key(0)] public int A; [Key(0)] public int B; }", "'T.B' has the same key as 'T.A': 0")]
    [InlineData("[MessagePackObject] class T { [Key(\"a\")] public int A; [Key(\"a\")] public int B; }", "'T.B' has the same key as 'T.A': a")]
    [InlineData("[MessagePackObject] class T { [Key(0)] public int A; [Key(\"b\")] public int B; }", "'T.B' has a string as its key, but other members do not; use one kind")]
    [InlineData("[MessagePackObject] class T { [Key(-1)] public int A; }", "'T.A' has the key -1; keys start at 0")]
    [InlineData("[MessagePackObject] class T { [Key(0)] private int Secret { get; set; } }", "'T.Secret' has a key but is not public; make it public, set AllowPrivate in [MessagePackObject], or add [IgnoreMember]")]
    [InlineData("[MessagePackObject(AllowPrivate = true)] class T { private int _secret; public int Get() => _secret++; }", "'T._secret' has neither [Key] nor [IgnoreMember]")]
    [InlineData("[MessagePackObject(AllowPrivate = true)] class T { private class P; [Key(0)] private P? Secret { get; set; } }", "'T.Secret': generated code cannot access 'T.P'; make it internal or public")]
    [InlineData("[MessagePackObject(AllowPrivate = true)] class T : Uri { public T() : base(\"\") { } [Key(0)] private int Secret { get; set; } }", "'T' has AllowPrivate, but the private members of 'System.Uri' are not visible outside 'System.Runtime'; write an ICacheCodec for it and name it in [CacheCodec]")]
    [InlineData("[MessagePackObject] class T(string other) { [Key(0)] public int Id { get; set; } public override string ToString() => other; }", "'T' has no constructor whose parameters match its stored members: parameter 'other' cannot take 'Id', which is of type 'int'")]
    [InlineData("class T(int id, int missing) { public int Id { get; } = id + missing; }", "'T' has no constructor whose parameters match its stored members: no stored member has the name of parameter 'missing'")]
    [InlineData("class T { private T() { } public int Id { get; set; } }", "'T' has no public constructor")]
    [InlineData("class T { [SerializationConstructor] private T() { } public T(int id) => Id = id; public int Id { get; set; } }", "'T' has no constructor whose parameters match its stored members: the constructor with [SerializationConstructor] is not accessible; make it public or internal, or set AllowPrivate in [MessagePackObject]")]
    [InlineData("class T { public int Id { get; private set; } }", "nothing of 'T' would be stored: none of its public members can be set; give them setters, or add a constructor with parameters of the same names")]
    [InlineData("class B { public int Id { get; set; } } class T : B { public new string? Id { get; set; } }", "'T.Id' hides a member of its base type; add [IgnoreMember] to one of them")]
    [InlineData("[Union(0, typeof(A))] class T { } class A : T;", "'T' has [Union] but is neither an interface nor abstract; make it abstract")]
    [InlineData("[Union(0, typeof(A))] [Union(0, typeof(B))] interface T; class A : T; class B : T;", "'T' has two [Union] attributes with key 0")]
    [InlineData("[Union(0, typeof(A))] [Union(1, typeof(A))] interface T; class A : T;", "'T' has two [Union] attributes for 'A'")]
    [InlineData("[Union(0, typeof(string))] interface T;", "[Union] with key 0 of 'T' needs the typeof(...) of a type that implements it")]
    [InlineData("class T { [MessagePackFormatter(typeof(int))] public int Id { get; set; } }", "'T.Id': it has a [MessagePackFormatter], which generated codecs do not call; remove it, add [IgnoreMember], or write an ICacheCodec for 'T' and name it in [CacheCodec]")]
    [InlineData("[MessagePackFormatter(typeof(int))] class T { public int Id { get; set; } }", "'T' has a [MessagePackFormatter], which generated codecs do not call; write an ICacheCodec for it and name it in [CacheCodec]")]
    [InlineData("class T { public G<int>? Next { get; set; } } class G<X> { public G<List<X>>? Next { get; set; } }", "'G<X>' contains ever larger constructions of generic types")]
    [InlineData("class T { public G<int>? Next { get; set; } } class G<X> { public G<(X, X)>? Next { get; set; } }", "contains ever larger constructions of generic types")]
    [InlineData("partial class T;", "'T' is partial and shows no members; those that another generator adds are not visible while code is generated: name a codec with [assembly: CacheCodec(typeof(T), typeof(TheCodec))]")]
    [InlineData("class T { private T(int id, string unit) { Id = id; _ = unit; } public int Id { get; } public static T From(int id) => new(id, \"kg\"); public static T Create(string id) => new(int.Parse(id, null), \"g\"); public string Unit => \"kg\"; public long Ticks; }", "'T' has no public constructor")]
    [InlineData("class T : List<int?>;", "'T' is a list of objects to MessagePack, which cannot restore 'int?'; use the generic collection itself")]
    public void A_type_without_a_codec_is_refused_with_the_member_and_the_fix(string source, string expected)
    {
        var compilation = CodecCompilation.Of(source);
        var parser = new CodecParser(compilation);
        Assert.Null(parser.GetCodec(compilation.GetTypeByMetadataName("T")!, out var reason));
        Assert.EndsWith(expected, reason, StringComparison.Ordinal);
        Assert.Empty(parser.Codecs);
    }

    [Fact]
    public void What_a_refused_type_brought_along_is_forgotten()
    {
        var compilation = CodecCompilation.Of("public class Good { public int Id { get; set; } } public class Bad { public Good? Part { get; set; } public object? Any { get; set; } }");
        var parser = new CodecParser(compilation);
        Assert.Null(parser.GetCodec(compilation.GetTypeByMetadataName("Bad")!, out _));
        Assert.Equal("GoodCodec.Instance", parser.GetCodec(compilation.GetTypeByMetadataName("Good")!, out var reason)?.Expression);
        Assert.Null(reason);
        Assert.Equal("GoodCodec", Assert.Single(parser.Codecs).Name);
    }
}
