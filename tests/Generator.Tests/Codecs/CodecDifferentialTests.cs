using MessagePack.Resolvers;

namespace TypedCache.Generator.Tests.Codecs;

public sealed class CodecDifferentialTests
{
    private const int ValuesPerShape = 1600;

    [Fact]
    public void Codecs_write_the_bytes_of_MessagePackSerializer_and_read_them_as_it_does()
    {
        var probes = CodecCompilation.Load("Objects", "Maps", "Leaves", "Collections", "Families", "Versions", "Privates", "Groups");
        Assert.InRange(probes.Count * ValuesPerShape, 100_000, int.MaxValue);
        foreach (var probe in probes)
        {
            probe.Compare(ValuesPerShape);
        }
    }

    // The resolver which looks at private members of all types gives the same bytes for types which ask for it themselves.
    [Theory]
    [InlineData("Account")]
    [InlineData("Vault")]
    [InlineData("InnerVault")]
    [InlineData("PrivateByName")]
    [InlineData("Cell")]
    [InlineData("Cells")]
    [InlineData("ReadOnlyFields")]
    [InlineData("PrivateRecord")]
    [InlineData("TextBox")]
    [InlineData("CellBox")]
    [InlineData("PrivateConstructor")]
    public void Codecs_of_private_members_agree_with_the_resolver_which_allows_them(string shape) =>
        CodecCompilation.Load("Privates").Single(probe => probe.Name == shape).Compare(ValuesPerShape, StandardResolverAllowPrivate.Options);
}
