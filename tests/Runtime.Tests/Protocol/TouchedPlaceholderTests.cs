using System.Text;
using TypedCache.Protocol;

namespace TypedCache.Tests.Protocol;

public class TouchedPlaceholderTests
{
    private const uint Opaque = 7;

    private readonly ReplyReader _reader = new("cache-1:11211", 1000) { Protocol = MetaProtocol.Verified };
    private readonly Request _request = new() { Expiry = 3600 };
    private readonly Reply _reply = new();

    public TouchedPlaceholderTests() => _request.Begin(Verb.Touch, "k"u8, Opaque);

    [Fact]
    public void A_placeholder_gets_its_expiry_back()
    {
        Assert.Equal("mg k s f t T3600 O7", Line());
        Assert.Equal(ReplyStep.Again, Read("HD s0 f0 t9 O7 Z"));
        Assert.Equal("mg k s f t T9 O7", Line());
        Assert.Equal(ReplyStep.Done, Read("HD s0 f0 t3600 O7 Z"));
        Assert.True(_reply.IsPlaceholder);
    }

    [Fact]
    public void A_value_which_has_come_meanwhile_is_touched_as_it_was_asked_for()
    {
        Read("HD s0 f0 t9 O7 Z");
        Assert.Equal(ReplyStep.Again, Read("HD s5 f256 t60 O7"));
        Assert.Equal("mg k s f t T3600 O7", Line());
        Assert.Equal(ReplyStep.Done, Read("HD s5 f256 t9 O7"));
        Assert.False(_reply.IsPlaceholder);
        Assert.Equal(ReplyCode.Ok, _reply.Code);
    }

    [Fact]
    public void A_placeholder_which_is_gone_is_a_miss()
    {
        Read("HD s0 f0 t9 O7 Z");
        Assert.Equal(ReplyStep.Done, Read("EN O7"));
        Assert.Equal(ReplyCode.Miss, _reply.Code);
    }

    // What another touch has made of it, or what an old server does not tell: as leases are by default.
    [Theory]
    [InlineData("t3600", 10)]
    [InlineData("t3599", 10)]
    [InlineData("t-1", 10)]
    [InlineData("t5000000", 10)]
    [InlineData("t0", 1)]
    [InlineData("t120", 120)]
    public void What_another_touch_has_lengthened_is_as_short_as_a_lease(string timeLeft, int restored)
    {
        Read($"HD s0 f0 {timeLeft} O7 Z");
        Assert.Equal($"mg k s f t T{restored} O7", Line());
    }

    [Fact]
    public void Real_values_are_touched_once_even_empty_ones()
    {
        Assert.Equal(ReplyStep.Done, Read("HD s0 f0 t9 O7"));
        Assert.False(_reply.IsPlaceholder);
    }

    // A stale placeholder which the touch has won is still to be given back.
    [Fact]
    public void A_lease_that_was_won_on_the_way_stays_won()
    {
        Read("HD s0 f0 t9 O7 W X");
        Read("HD s0 f0 t3600 O7 Z X");
        Assert.True(_reply.HasUnusedLease(Verb.Touch));
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
