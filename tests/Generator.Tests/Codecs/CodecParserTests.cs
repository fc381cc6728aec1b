using Microsoft.CodeAnalysis;
using TypedCache.Generator.Model;
using TypedCache.Generator.Model.Codecs;
using TypedCache.Generator.Parsing.Codecs;

namespace TypedCache.Generator.Tests.Codecs;

public sealed class CodecParserTests
{
    private static readonly string[] ShapeFiles = ["Objects", "Maps", "Families", "Collections", "Leaves"];

    [Theory]
    [InlineData("string", "String")]
    [InlineData("string?", "String")]
    [InlineData("byte[]", "Bytes")]
    [InlineData("System.ReadOnlyMemory<byte>", "Memory")]
    [InlineData("bool", "Boolean")]
    [InlineData("sbyte", "SByte")]
    [InlineData("byte", "Byte")]
    [InlineData("short", "Int16")]
    [InlineData("ushort", "UInt16")]
    [InlineData("int", "Int32")]
    [InlineData("uint", "UInt32")]
    [InlineData("long", "Int64")]
    [InlineData("ulong", "UInt64")]
    [InlineData("float", "Single")]
    [InlineData("double", "Double")]
    [InlineData("int?", "Nullable<int>(global::TypedCache.Values.CacheCodecs.Int32)")]
    public void Types_which_need_no_serializer_have_the_codecs_of_the_runtime(string type, string codec)
    {
        var compilation = CodecCompilation.Of($"public class T {{ public {type} Value = default!; }}");
        var parser = new CodecParser(compilation);
        var field = (IFieldSymbol)compilation.GetTypeByMetadataName("T")!.GetMembers("Value")[0];
        Assert.Equal("global::TypedCache.Values.CacheCodecs." + codec, parser.GetCodec(field.Type, out _)?.Expression);
        Assert.Empty(parser.Codecs);
    }

    [Fact]
    public void Types_of_one_name_get_codecs_of_different_names()
    {
        var compilation = CodecCompilation.Of("namespace A { public class X { public int I; } } namespace B { public class X { public int I; public class Y { public int I; } } public class Y { public int I; } }");
        var parser = new CodecParser(compilation);
        string[] types = ["A.X", "B.X", "B.Y", "B.X+Y"];
        Assert.Equal(
            ["XCodec.Instance", "BXCodec.Instance", "YCodec.Instance", "XYCodec.Instance"],
            types.Select(type => parser.GetCodec(compilation.GetTypeByMetadataName(type)!, out _)!.Expression));
    }

    [Fact]
    public void A_type_is_emitted_once_and_has_an_instance_only_if_it_is_a_value_of_its_own()
    {
        var compilation = CodecCompilation.Of("public class A { public B? One; public B? Two; public C? Three; } public class B { public int I; } public class C { public int I; }");
        var parser = new CodecParser(compilation);
        foreach (var type in new[] { "A", "B", "A" })
        {
            parser.GetCodec(compilation.GetTypeByMetadataName(type)!, out _);
        }

        Assert.Equal([("ACodec", true), ("BCodec", true), ("CCodec", false)], parser.Codecs.Select(codec => (codec.Name, codec.IsRoot)));
    }

    [Fact]
    public void Models_of_equal_sources_are_equal_although_the_compilations_are_not()
    {
        var (first, second) = (ParseAll(""), ParseAll("// moved down\n\n"));
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal(CodecCompilation.Emit(first), CodecCompilation.Emit(second));
    }

    [Fact]
    public void A_change_of_a_value_type_changes_its_model()
    {
        static EquatableArray<CodecModel> Parse(string member)
        {
            var compilation = CodecCompilation.Of($"public class T {{ public {member} {{ get; set; }} }}");
            var parser = new CodecParser(compilation);
            parser.GetCodec(compilation.GetTypeByMetadataName("T")!, out _);
            return parser.Codecs;
        }

        Assert.NotEqual(Parse("int Id"), Parse("long Id"));
        Assert.NotEqual(Parse("int Id"), Parse("int Ids"));
        Assert.Equal(Parse("int Id"), Parse("int   Id"));
    }

    private static EquatableArray<CodecModel> ParseAll(string prefix)
    {
        var compilation = CodecCompilation.Of(ShapeFiles.Select(file => prefix + CodecCompilation.Shape(file)));
        var parser = new CodecParser(compilation);
        foreach (var type in CodecCompilation.SampleTypes(compilation))
        {
            Assert.NotNull(parser.GetCodec(type.Type, out _));
        }

        return parser.Codecs;
    }
}
