using TypedCache.Generator.Parsing.Codecs;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Codecs;

public sealed class CodecSnapshotTests
{
    private static readonly string[] ShapeFiles = ["Objects", "Maps", "Families", "Collections", "Privates", "Groups"];

    [Theory]
    [InlineData("Shapes.Product")]
    [InlineData("Shapes.Person")]
    [InlineData("Shapes.Chosen")]
    [InlineData("Shapes.InitOnly")]
    [InlineData("Shapes.Point")]
    [InlineData("Shapes.FromConstructor")]
    [InlineData("Shapes.IShape")]
    [InlineData("Shapes.Node")]
    [InlineData("Shapes.Tuples")]
    [InlineData("Shapes.Customs")]
    [InlineData("Shapes.Account")]
    [InlineData("Shapes.Cell")]
    [InlineData("Shapes.Concealing")]
    [InlineData("Shapes.Groups")]
    public void Emitted_text(string type)
    {
        var compilation = CodecCompilation.Of(ShapeFiles.Select(CodecCompilation.Shape));
        var parser = new CodecParser(compilation);
        Assert.NotNull(parser.GetCodec(compilation.GetTypeByMetadataName(type)!, out _));
        Snapshot.Verify(CodecCompilation.Emit(parser.Codecs), type["Shapes.".Length..]);
    }
}
