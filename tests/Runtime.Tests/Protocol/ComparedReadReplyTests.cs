using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache.Tests.Protocol;

/// <summary>Replies to reads that ask for a value only if it has another CAS number.</summary>
public class ComparedReadReplyTests
{
    [Fact]
    public void A_changed_value_comes_with_all_that_is_said_of_it()
    {
        var operation = Begin(cas: 7);

        Assert.Equal(ReplyStep.Payload, Read(operation, "VA 5 f65536 t30 c8 W X O#\r\n", MetaProtocol.Comparing, out var payload));
        "hello"u8.CopyTo(payload.Span);
        Assert.Equal(ReplyStep.Done, Reader(MetaProtocol.Comparing).AfterPayload(operation.Request, operation.Reply));

        var reply = operation.Reply;
        Assert.Equal((ReplyCode.Ok, 65536U, 30L, 8UL, LeaseMarks.Won | LeaseMarks.Invalidated), (reply.Code, reply.Flags, reply.TimeLeft, reply.Cas, reply.Marks));
        Assert.Equal("hello", Encoding.ASCII.GetString(reply.Payload.WrittenSpan));
    }

    [Fact]
    public void An_unchanged_value_does_not_come_and_is_no_placeholder()
    {
        var operation = Begin(cas: 7);

        Assert.Equal(ReplyStep.Done, Read(operation, "HD f0 t30 c7 Z O#\r\n", MetaProtocol.Comparing, out _));

        var reply = operation.Reply;
        Assert.Equal((ReplyCode.Unchanged, 30L, 7UL, LeaseMarks.Taken), (reply.Code, reply.TimeLeft, reply.Cas, reply.Marks));
        Assert.False(reply.IsPlaceholder);
    }

    [Theory]
    [InlineData(7UL, "HD f0 t30 c8 O#", "another CAS number")]
    [InlineData(7UL, "HD f0 t30 O#", "another CAS number")]
    [InlineData(7UL, "HD f0 t30 c7", "opaque token")]
    [InlineData(7UL, "HD f0 t30 c7 O1", "another request")]
    [InlineData(7UL, "NF O#", "does not answer")]
    [InlineData(0UL, "HD f0 t30 c7 O#", "does not answer")]
    [InlineData(0UL, "HD f0 t30 c0 O#", "does not answer")]
    public void A_reply_without_a_value_that_was_not_asked_for_breaks_the_connection(ulong cas, string line, string reason)
    {
        var broken = Assert.Throws<MemcachedProtocolException>(() => Read(Begin(cas), line + "\r\n", MetaProtocol.Comparing, out _));

        Assert.Contains(reason, broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_compare_always_sends_the_value()
    {
        foreach (var protocol in new[] { MetaProtocol.Verified, MetaProtocol.Unverified })
        {
            Assert.Throws<MemcachedProtocolException>(() => Read(Begin(cas: 7), "HD f0 t30 c7 O#\r\n", protocol, out _));
            Assert.Equal(ReplyStep.Payload, Read(Begin(cas: 7), "VA 5 f0 t30 c7 O#\r\n", protocol, out _));
            Assert.Equal(ReplyStep.Done, Read(Begin(cas: 7), "EN O#\r\n", protocol, out _));
        }
    }

    // The number is of the server that has been asked first.
    [Fact]
    public void The_second_server_is_asked_for_the_value_whatever_its_number()
    {
        var operation = Begin(cas: 7);
        (operation.Request.LooksTwice, operation.Request.NewestConnection) = (true, 3);

        Assert.Equal(ReplyStep.Again, Read(operation, "EN O#\r\n", MetaProtocol.Comparing, out _));

        Assert.Equal((0UL, int.MaxValue), (operation.Request.Cas, operation.Request.NewestConnection));
        Assert.Throws<MemcachedProtocolException>(() => Read(operation, "HD f0 t30 c7 O#\r\n", MetaProtocol.Comparing, out _));
    }

    [Fact]
    public void What_is_unchanged_on_the_first_server_is_not_looked_for_on_another()
    {
        var operation = Begin(cas: 7);
        operation.Request.LooksTwice = true;

        Assert.Equal(ReplyStep.Done, Read(operation, "HD f0 t30 c7 Z O#\r\n", MetaProtocol.Comparing, out _));
    }

    [Fact]
    public void The_classic_protocol_reads_the_value_and_its_number()
    {
        var protocol = new ClassicProtocol("server:1", isProxy: false);
        var operation = Begin(cas: 7);
        var line = new byte[RequestWriter.MaxLength];
        var writer = new RequestWriter(line);
        protocol.WriteLine(operation.Request, operation.Reply, ref writer);
        Assert.Equal("gets the-key\r\n", Encoding.ASCII.GetString(line, 0, writer.Length));

        Assert.Equal(ReplyStep.Payload, Read(operation, "VALUE the-key 0 5 7\r\n", protocol, out _));
        Assert.Equal(ReplyStep.Done, Read(operation, "END\r\n", protocol, out _));
        Assert.Equal((ReplyCode.Ok, 7UL, false), (operation.Reply.Code, operation.Reply.Cas, operation.Reply.SaysTimeLeft));
        Assert.Equal(ReplyStep.Done, Read(Begin(cas: 7), "END\r\n", protocol, out _));
        Assert.Throws<MemcachedProtocolException>(() => Read(Begin(cas: 7), "VALUE the-key 0 5\r\n", protocol, out _));
    }

    [Theory]
    [InlineData("1.6.39", false)]
    [InlineData("1.6.40", true)]
    [InlineData("1.10.0", true)]
    [InlineData("2.0", true)]
    public void Servers_compare_since_a_version(string version, bool compares) =>
        Assert.Equal(compares, ServerVersion.ComparesCas(Version.Parse(version)));

    private static ReadOperation<string> Begin(ulong cas)
    {
        var operation = new ReadOperation<string>();
        operation.Decode(CacheCodecs.String, new ValuePipeline(ValueDialect.Pecl, new CompressionOptions()));
        operation.Begin(Verb.GetNear, "the-key"u8);
        operation.Request.Cas = cas;
        return operation;
    }

    private static ReplyReader Reader(WireProtocol protocol) => new("server:1", 1000) { Protocol = protocol };

    private static ReplyStep Read(ReadOperation<string> operation, string text, WireProtocol protocol, out Memory<byte> payload) => Reader(protocol).ReadLine(
        operation.Request,
        operation.Reply,
        Encoding.ASCII.GetBytes(text.Replace("O#", $"O{operation.Request.Opaque}", StringComparison.Ordinal)),
        out _,
        out payload);
}
