namespace TypedCache.Generator.Tests.Codecs;

public sealed class CodecDifferentialTests
{
    private const long ValuesPerShape = 2000;

    [Theory]
    [InlineData("Objects")]
    [InlineData("Maps")]
    [InlineData("Leaves")]
    [InlineData("Collections")]
    [InlineData("Families")]
    public void Codecs_write_the_bytes_of_MessagePackSerializer_and_read_them_as_it_does(string shapes)
    {
        foreach (var probe in CodecCompilation.Load(shapes))
        {
            probe.Compare(ValuesPerShape);
        }
    }
}
