namespace TypedCache.Generator.Tests.Codecs;

public sealed class CodecDifferentialTests
{
    private const int ValuesPerShape = 1600;

    [Fact]
    public void Codecs_write_the_bytes_of_MessagePackSerializer_and_read_them_as_it_does()
    {
        var probes = CodecCompilation.Load("Objects", "Maps", "Leaves", "Collections", "Families", "Versions");
        Assert.InRange(probes.Count * ValuesPerShape, 100_000, int.MaxValue);
        foreach (var probe in probes)
        {
            probe.Compare(ValuesPerShape);
        }
    }
}
