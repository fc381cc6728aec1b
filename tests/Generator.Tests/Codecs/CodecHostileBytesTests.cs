using MessagePack;

namespace TypedCache.Generator.Tests.Codecs;

/// <summary>Whatever bytes come: an exception which a codec's base turns into one, never a crash, a hang or a large allocation.</summary>
public sealed class CodecHostileBytesTests
{
    private const int PayloadsPerShape = 4;
    private const int MutationsPerPayload = 60;

    /// <summary>A header alone must not make a codec allocate for elements which are not there.</summary>
    private const long LargestAllocation = 200_000;

    private static readonly string[] ShapeFiles = ["Objects", "Maps", "Families", "Collections", "Leaves", "Privates", "Groups"];

    private static readonly byte[][] Headers =
    [
        [0xdd, 0x7f, 0xff, 0xff, 0xff],
        [0xdf, 0x7f, 0xff, 0xff, 0xff],
        [0xdd, 0xff, 0xff, 0xff, 0xff],
        [0xdf, 0xff, 0xff, 0xff, 0xff],
        [0xc6, 0x7f, 0xff, 0xff, 0xff],
        [0xdb, 0x7f, 0xff, 0xff, 0xff],
        [0xc9, 0x7f, 0xff, 0xff, 0xff, 0x01],
    ];

    private static readonly Lazy<IReadOnlyList<CodecProbe>> Probes = new(() => CodecCompilation.Load(ShapeFiles));

    [Fact]
    public void A_payload_cut_anywhere_is_refused()
    {
        foreach (var (probe, payload) in Payloads())
        {
            for (var length = 0; length < payload.Length; length++)
            {
                var exception = Record.Exception(() => probe.Read(payload[..length]));
                Assert.True(exception is MessagePackSerializationException or EndOfStreamException, $"{probe.Name} cut at {length}: {exception}");
            }
        }
    }

    [Fact]
    public void Damaged_payloads_are_read_as_MessagePackSerializer_reads_them_or_refused()
    {
        var random = new Random(20261122);
        foreach (var (probe, payload) in Payloads())
        {
            for (var mutation = 0; mutation < MutationsPerPayload; mutation++)
            {
                probe.CompareForeign(Damage(payload, random));
            }
        }
    }

    [Fact]
    public void Headers_which_announce_more_than_there_is_allocate_nothing()
    {
        foreach (var probe in Probes.Value)
        {
            foreach (var header in Headers)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.ThrowsAny<Exception>(() => probe.Read(header));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LargestAllocation);
            }
        }
    }

    [Fact]
    public void A_header_inside_which_announces_more_than_there_is_allocates_nothing()
    {
        foreach (var (probe, payload) in Payloads())
        {
            for (var place = 0; place < payload.Length; place++)
            {
                byte[] damaged = [.. payload[..place], .. Headers[place % Headers.Length]];
                var before = GC.GetAllocatedBytesForCurrentThread();
                Record.Exception(() => probe.Read(damaged));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LargestAllocation);
            }
        }
    }

    [Theory]
    [InlineData("Node", 500, true)]
    [InlineData("Node", 1000, true)]
    [InlineData("Node", 1001, false)]
    [InlineData("Node", 100_000, false)]
    public void The_depth_of_a_payload_is_limited(string shape, int depth, bool isRead)
    {
        var probe = Probes.Value.Single(probe => probe.Name == shape);
        byte[] payload = [.. Enumerable.Repeat<byte[]>([0x92, 0x01], depth).SelectMany(level => level), 0xc0];
        if (isRead)
        {
            Assert.NotNull(probe.Read(payload));
            return;
        }

        Assert.Contains("limit is 1000", Assert.Throws<MessagePackSerializationException>(() => probe.Read(payload)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_stack_is_an_exception_and_no_crash()
    {
        var probe = Probes.Value.Single(probe => probe.Name == "Node");
        byte[] payload = [.. Enumerable.Repeat<byte[]>([0x92, 0x01], 500).SelectMany(level => level), 0xc0];
        Exception? exception = null;
        var thread = new Thread(() => exception = Record.Exception(() => probe.Read(payload)), maxStackSize: 128 * 1024);
        thread.Start();
        thread.Join();
        Assert.True(exception is null or MessagePackSerializationException, exception?.ToString());
    }

    // What can be written can be read, also inside a value of another type, and after one that was refused.
    [Fact]
    public void The_depth_of_a_value_is_limited()
    {
        var probe = Probes.Value.Single(probe => probe.Name == "Node");
        dynamic root = probe.Read([0x91, 0x01])!;
        dynamic last = root;
        for (var depth = 2; depth <= 500; depth++)
        {
            last.Next = (dynamic)probe.Read([0x91, 0x01])!;
            last = last.Next;
        }

        var deepest = (byte[])probe.Write((object)root);
        last.Next = (dynamic)probe.Read([0x91, 0x01])!;
        var refused = Assert.Throws<MessagePackSerializationException>(() => probe.Write((object)root));
        last.Next = null;

        Assert.Contains("the limit is 500. Does it contain itself?", refused.Message, StringComparison.Ordinal);
        Assert.Equal(deepest, (byte[])probe.Write((object)root));
        Assert.NotNull(probe.Read(deepest));
    }

    [Fact]
    public void A_value_which_contains_itself_is_not_written()
    {
        var probe = Probes.Value.Single(probe => probe.Name == "Node");
        dynamic node = probe.Read([0x91, 0x01])!;
        node.Next = node;
        Exception? exception = null;
        var thread = new Thread(() => exception = Record.Exception(() => probe.Write((object)node)), maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Contains("contain itself", Assert.IsType<MessagePackSerializationException>(exception).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(CodecProbe Probe, byte[] Payload)> Payloads() =>
        Probes.Value.SelectMany(probe => probe.Payloads(PayloadsPerShape), (probe, payload) => (probe, payload));

    private static byte[] Damage(byte[] payload, Random random)
    {
        var place = random.Next(payload.Length);
        return random.Next(4) switch
        {
            0 => [.. payload[..place], (byte)random.Next(256), .. payload[(place + 1)..]],
            1 => [.. payload[..place], (byte)random.Next(256), .. payload[place..]],
            2 => [.. payload[..place], .. payload[(place + 1)..]],
            _ => [.. payload[..place], .. payload[random.Next(payload.Length)..]],
        };
    }
}
