namespace TypedCache.Generator.Tests.Codecs;

public sealed class CodecVersionTests
{
    private const int PayloadsPerShape = 3;

    /// <summary>
    /// Each shape reads what every other shape wrote: longer and shorter arrays, maps with other names, wrong types. So unknown keys are
    /// skipped and missing ones keep their defaults just where MessagePackSerializer does so.
    /// </summary>
    [Fact]
    public void A_payload_of_another_shape_is_read_as_MessagePackSerializer_reads_it()
    {
        var probes = CodecCompilation.Load("Objects", "Maps", "Families", "Versions", "Privates", "Groups");
        var payloads = probes.SelectMany(probe => probe.Payloads(PayloadsPerShape)).ToList();
        var read = probes.Sum(probe => payloads.Count(probe.CompareForeign));
        Assert.InRange(read, 1000, int.MaxValue);
    }
}
