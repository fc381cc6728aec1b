using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Protocol;

public class ReplyReaderTests
{
    private readonly ReplyReader _reader = new("cache-1:11211", maxValueLength: 1000) { Protocol = MetaProtocol.Verified };

    [Theory]
    [InlineData(nameof(Verb.Get), "EN O#", nameof(ReplyCode.Miss))]
    [InlineData(nameof(Verb.Exists), "HD O#", nameof(ReplyCode.Ok))]
    [InlineData(nameof(Verb.Touch), "EN O#", nameof(ReplyCode.Miss))]
    [InlineData(nameof(Verb.Set), "HD O#", nameof(ReplyCode.Ok))]
    [InlineData(nameof(Verb.Add), "NS O#", nameof(ReplyCode.NotStored))]
    [InlineData(nameof(Verb.CompareAndSet), "EX O#", nameof(ReplyCode.Exists))]
    [InlineData(nameof(Verb.CompareAndSet), "NF O#", nameof(ReplyCode.NotFound))]
    [InlineData(nameof(Verb.Delete), "NF O#", nameof(ReplyCode.NotFound))]
    [InlineData(nameof(Verb.Increment), "NF O#", nameof(ReplyCode.NotFound))]
    public void A_reply_of_one_line_ends_the_operation(string verb, string line, string code)
    {
        var operation = Begin(Enum.Parse<Verb>(verb));
        Assert.Equal(ReplyStep.Done, Read(operation, line + "\r\nrest", out var consumed, out _));
        Assert.Equal(code, $"{operation.Reply.Code}");
        Assert.Equal(Bytes(operation, line).Length + 2, consumed);
    }

    // Each reply belongs to some verbs only; for any other one the stream is out of step.
    [Fact]
    public void No_verb_takes_another_verbs_reply()
    {
        string[] codes = ["HD", "EN", "NF", "NS", "EX"];
        var accepted = Enum.GetValues<Verb>().Where(verb => verb is >= Verb.Get and <= Verb.Decrement and not Verb.GetBatch)
            .ToDictionary(verb => verb, verb => string.Join(' ', codes.Where(code => IsTaken(verb, code))));

        Assert.Equal("EN", accepted[Verb.Get]);
        Assert.Equal("EN", accepted[Verb.GetNear]);
        Assert.Equal("EN", accepted[Verb.GetAndTouch]);
        Assert.Equal("EN", accepted[Verb.GetItem]);
        Assert.Equal("HD EN", accepted[Verb.InspectItem]);
        Assert.Equal("HD EN", accepted[Verb.Exists]);
        Assert.Equal("HD EN", accepted[Verb.Touch]);
        Assert.Equal("HD", accepted[Verb.Set]);
        Assert.All([Verb.Add, Verb.Replace, Verb.Append, Verb.Prepend], verb => Assert.Equal("HD NS", accepted[verb]));
        Assert.Equal("HD NF EX", accepted[Verb.CompareAndSet]);
        Assert.Equal("HD NF", accepted[Verb.Delete]);
        Assert.Equal("EN", accepted[Verb.GetOrLease]);
        Assert.All([Verb.Invalidate, Verb.Release], verb => Assert.Equal("HD NF EX", accepted[verb]));
        Assert.All([Verb.Increment, Verb.Decrement], verb => Assert.Equal("NF", accepted[verb]));
    }

    [Fact]
    public void A_value_line_brings_flags_and_CAS_and_makes_room_for_the_payload()
    {
        var operation = Begin(Verb.Get);
        Assert.Equal(ReplyStep.Payload, Read(operation, "VA 5 f65536 c18446744073709551615 t-1 W O#\r\nhello\r\n", out _, out var payload));
        Assert.Equal((65536U, ulong.MaxValue, 5), (operation.Reply.Flags, operation.Reply.Cas, payload.Length));
    }

    [Fact]
    public void A_line_without_its_end_needs_more_up_to_a_limit()
    {
        Assert.Equal(ReplyStep.NeedMore, Read(Begin(Verb.Get), "EN O#", out var consumed, out _));
        Assert.Equal(0, consumed);
        var broken = Assert.Throws<MemcachedProtocolException>(() => Read(Begin(Verb.Get), new string('x', 3000), out _, out _));
        Assert.Contains("no end", broken.Message, StringComparison.Ordinal);
        Assert.True(broken.Message.Length < 300);
    }

    [Fact]
    public void The_longest_value_is_the_pools_limit()
    {
        Assert.Equal(ReplyStep.Payload, Read(Begin(Verb.Get), "VA 1000 f0 O#\r\n", out _, out _));
        var refused = Assert.Throws<MemcachedProtocolException>(() => Read(Begin(Verb.Get), "VA 1001 f0 O#\r\n", out _, out _));
        Assert.Contains("limit of 1000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_servers_may_leave_the_opaque_token_out_but_not_change_it()
    {
        _reader.Protocol = MetaProtocol.Unverified;
        Assert.Equal(ReplyStep.Done, Read(Begin(Verb.Get), "EN\r\n", out _, out _));
        Assert.Throws<MemcachedProtocolException>(() => Read(Begin(Verb.Get), "EN O1\r\n", out _, out _));
    }

    [Fact]
    public void A_mismatch_names_server_operation_and_reply()
    {
        var broken = Assert.Throws<MemcachedProtocolException>(() => Read(Begin(Verb.Delete), "HELLO\r\n", out _, out _));
        Assert.Equal("cache-1:11211", broken.Server);
        Assert.Contains("cache-1:11211 answered 'HELLO' to Delete 'the-key'", broken.Message, StringComparison.Ordinal);
    }

    private static ReadOperation<string> Read()
    {
        var operation = new ReadOperation<string>();
        operation.Decode(CacheCodecs.String, new ValuePipeline(ValueDialect.Pecl, new CompressionOptions()));
        return operation;
    }

    private static Operation Begin(Verb verb)
    {
        Operation operation = verb switch
        {
            Verb.Get or Verb.GetNear or Verb.GetAndTouch => Read(),
            Verb.Increment or Verb.Decrement => new CounterOperation(),
            _ => new StatusOperation(),
        };
        operation.Begin(verb, "the-key"u8);
        return operation;
    }

    private static byte[] Bytes(Operation operation, string text) =>
        Encoding.Latin1.GetBytes(text.Replace("O#", $"O{operation.Request.Opaque}", StringComparison.Ordinal));

    private ReplyStep Read(Operation operation, string text, out int consumed, out Memory<byte> payload) =>
        _reader.ReadLine(operation.Request, operation.Reply, Bytes(operation, text), out consumed, out payload);

    private bool IsTaken(Verb verb, string code)
    {
        try
        {
            return Read(Begin(verb), $"{code} O#\r\n", out _, out _) == ReplyStep.Done;
        }
        catch (MemcachedProtocolException)
        {
            return false;
        }
    }

    [Fact]
    public void A_line_which_is_too_long_is_refused_however_much_of_it_has_come()
    {
        var reader = new ReplyReader("server:1", 1000);
        var line = Encoding.ASCII.GetBytes($"STAT name {new string('x', 3000)}\r\n");
        var operation = new LinesOperation();
        operation.Begin(Verb.Stats, default);

        Assert.Throws<MemcachedProtocolException>(() => reader.ReadLine(operation.Request, operation.Reply, line, out _, out _));
        Assert.Throws<MemcachedProtocolException>(() => reader.ReadLine(operation.Request, operation.Reply, line.AsSpan(0, 2900), out _, out _));
        Assert.Equal(ReplyStep.NeedMore, reader.ReadLine(operation.Request, operation.Reply, line.AsSpan(0, 2000), out _, out _));
    }

    [Theory]
    [InlineData("VALUE b 0 2147483591\r\n")]
    [InlineData("VALUE b 0 2147483647\r\n")]
    public void Values_of_a_batch_which_no_array_can_hold_are_refused(string second)
    {
        var reader = new ReplyReader("server:1", int.MaxValue);
        var operation = BatchReadOperation.Rent(Verb.GetBatch);
        operation.Keys.Add("a"u8);
        operation.Keys.Add("b"u8);

        Assert.Equal(ReplyStep.Payload, reader.ReadLine(operation.Request, operation.Reply, "VALUE a 0 100\r\n"u8, out _, out _));

        Assert.Throws<MemcachedProtocolException>(() => reader.ReadLine(operation.Request, operation.Reply, Encoding.ASCII.GetBytes(second), out _, out _));
    }

    [Fact]
    public void Each_key_of_a_batch_that_may_win_leases_is_answered_by_itself()
    {
        var operation = LeaseBatch("hit", "missing", "refused", "stale", "none");
        Read(operation, $"VA 2 f5 c11 O{operation.Request.OpaqueOf(0)}\r\n", "ab", ReplyStep.More);
        Read(operation, $"VA 0 f0 c12 W O{operation.Request.OpaqueOf(1)}\r\n", "", ReplyStep.More);
        Read(operation, "SERVER_ERROR out of memory\r\n", null, ReplyStep.More);
        Read(operation, $"VA 3 f0 c13 W X O{operation.Request.OpaqueOf(3)}\r\n", "old", ReplyStep.More);
        Read(operation, $"EN O{operation.Request.OpaqueOf(4)}\r\n", null, ReplyStep.Done);

        var values = operation.Values;
        Assert.Equal(
            ["0: 5 'ab' 11 None False", "1: 0 '' 12 Won True", "3: 0 'old' 13 Won, Invalidated False"],
            values.Hits.Select(hit => $"{hit.Position}: {hit.Flags} '{Encoding.ASCII.GetString(values.PayloadOf(hit).Span)}' {hit.Cas} {hit.Marks} {hit.IsPlaceholder}"));
        Assert.Equal([true, true, false, true, false], Enumerable.Range(0, 5).Select(values.IsTaken));
        Assert.NotNull(values.Refusal);
    }

    [Fact]
    public void A_batch_of_which_replies_are_missing_or_too_many_is_refused()
    {
        var few = LeaseBatch("a", "b");
        Assert.Throws<MemcachedProtocolException>(() => Read(few, $"EN O{few.Request.OpaqueOf(1)}\r\n", null, ReplyStep.More));

        var many = LeaseBatch("a", "b");
        Read(many, $"EN O{many.Request.OpaqueOf(0)}\r\n", null, ReplyStep.More);
        Assert.Throws<MemcachedProtocolException>(() => Read(many, "EN\r\n", null, ReplyStep.Done));
    }

    [Theory]
    [InlineData(nameof(Verb.GetOrLeaseBatch))]
    [InlineData(nameof(Verb.GetNearBatch))]
    public void A_batch_whose_replies_come_in_another_order_is_refused(string verb)
    {
        var batch = LeaseBatch("a", "b", "c");
        batch.Request.Begin(Enum.Parse<Verb>(verb), default, 7);
        Read(batch, "VA 1 f0 c11 t-1 O7\r\n", "x", ReplyStep.More);

        Assert.Throws<MemcachedProtocolException>(() => Read(batch, "VA 1 f0 c13 t-1 O9\r\n", "z", ReplyStep.More));
    }

    [Fact]
    public void Leases_that_a_batch_has_won_for_a_caller_who_left_are_reported()
    {
        var operation = LeaseBatch("a", "b", "c");
        BatchReply.Hit[] unused = [];
        operation.Route.LeaseUnused = (read, _) => unused = [.. ((BatchReply)read.Reply).Hits];
        var call = operation.AsTask();
        operation.Abandon(operation.Use, new MemcachedTimeoutException("too late"));
        Assert.True(call.IsFaulted);
        Read(operation, $"VA 1 f0 c11 O{operation.Request.OpaqueOf(0)}\r\n", "x", ReplyStep.More);
        Read(operation, $"VA 0 f0 c12 W O{operation.Request.OpaqueOf(1)}\r\n", "", ReplyStep.More);
        Read(operation, $"VA 1 f0 c13 O{operation.Request.OpaqueOf(2)}\r\n", "y", ReplyStep.Done);
        operation.Answer();

        Assert.Equal([12UL], unused.Where(hit => (hit.Marks & LeaseMarks.Won) != 0).Select(hit => hit.Cas));
    }

    private static BatchReadOperation LeaseBatch(params string[] keys)
    {
        var operation = new BatchReadOperation();
        operation.Begin(Verb.GetOrLeaseBatch, default);
        foreach (var key in keys)
        {
            operation.Keys.Add(Encoding.ASCII.GetBytes(key));
        }

        return operation;
    }

    private static void Read(BatchReadOperation operation, string line, string? value, ReplyStep expected)
    {
        var reader = new ReplyReader("server:1", 1000) { Protocol = MetaProtocol.Verified };
        var step = reader.ReadLine(operation.Request, operation.Reply, Encoding.ASCII.GetBytes(line), out _, out var payload);
        if (value is not null)
        {
            Assert.Equal(ReplyStep.Payload, step);
            Encoding.ASCII.GetBytes(value).CopyTo(payload);
            step = reader.AfterPayload(operation.Request, operation.Reply);
        }

        Assert.Equal(expected, step);
    }
}
