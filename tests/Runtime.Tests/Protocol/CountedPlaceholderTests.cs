using System.Text;
using TypedCache.Protocol;

namespace TypedCache.Tests.Protocol;

public class CountedPlaceholderTests
{
    private const uint Opaque = 7;
    private const string Refused = "CLIENT_ERROR cannot increment or decrement non-numeric value";

    private readonly ReplyReader _reader = new("cache-1:11211", 1000) { Protocol = MetaProtocol.Verified };
    private readonly Request _request = new() { Delta = 2 };
    private readonly CounterReply _reply = new();

    public CountedPlaceholderTests() => _request.Begin(Verb.Increment, "k"u8, Opaque);

    [Fact]
    public void A_placeholder_is_no_counter()
    {
        Assert.Equal("ma k v D2 O7", Line());
        Assert.Equal(ReplyStep.Again, Read(Refused));
        Assert.Equal("mg k s f c O7", Line());
        Assert.Equal(ReplyStep.Done, Read("HD s0 f0 c12 O7 Z"));
        Assert.Equal((ReplyCode.NotFound, null), (_reply.Code, _reply.Refusal));
        Assert.False(_reply.HasUnusedLease(Verb.Increment));
    }

    [Fact]
    public void A_counter_takes_its_place_where_one_is_to_be_created()
    {
        _request.Initial = 5;
        _request.Expiry = 60;
        Read(Refused);
        Assert.Equal(ReplyStep.Again, Read("HD s0 f0 c12 O7 Z"));
        Assert.Equal("md k C12 O7", Line());
        Assert.Equal(ReplyStep.Again, Read("HD O7"));
        Assert.Equal("ma k v D2 N60 J5 O7", Line());
        Assert.Equal(ReplyStep.Payload, Read("VA 1 O7"));
        Assert.Null(_reply.Refusal);
    }

    // Each is the work of another client in between.
    [Theory]
    [InlineData("EN O7")]
    [InlineData("HD s0 f0 c12 O7 Z", "NF O7")]
    [InlineData("HD s0 f0 c12 O7 Z", "EX O7")]
    public void What_has_changed_meanwhile_is_counted_again(params string[] lines)
    {
        _request.Initial = 5;
        Read(Refused);
        Assert.All(lines, line => Assert.Equal(ReplyStep.Again, Read(line)));
        Assert.Equal("ma k v D2 N0 J5 O7", Line());
    }

    [Theory]
    [InlineData("HD s5 f256 c12 O7")]
    [InlineData("HD s0 f0 c12 O7")]
    [InlineData("HD s5 f0 c12 O7 Z")]
    public void Another_value_stays_refused(string line)
    {
        Read(Refused);
        Assert.Equal(ReplyStep.Done, Read(line));
        Assert.Contains("not a counter", _reply.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_in_trouble_is_asked_nothing_more()
    {
        Assert.Equal(ReplyStep.Done, Read("SERVER_ERROR out of memory in incr"));
        Assert.Contains("out of memory", _reply.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lease_that_the_look_has_won_is_still_to_be_given_back()
    {
        Read(Refused);
        Read("HD s0 f0 c12 O7 W X");
        Assert.True(_reply.HasUnusedLease(Verb.Increment));
    }

    [Fact]
    public void A_value_in_place_of_the_look_breaks_the_connection()
    {
        Read(Refused);
        Assert.Throws<MemcachedProtocolException>(() => Read("VA 1 O7"));
    }

    private ReplyStep Read(string line) => _reader.ReadLine(_request, _reply, Encoding.ASCII.GetBytes(line + "\r\n"), out _, out _);

    private string Line()
    {
        var buffer = new byte[RequestWriter.MaxLength];
        var writer = new RequestWriter(buffer);
        MetaRequest.Write(_request, _reply, comparesCas: false, ref writer);
        return Encoding.ASCII.GetString(buffer, 0, writer.Length).TrimEnd();
    }
}
