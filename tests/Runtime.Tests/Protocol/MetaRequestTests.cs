using System.Text;
using TypedCache.Keys;
using TypedCache.Protocol;

namespace TypedCache.Tests.Protocol;

public class MetaRequestTests
{
    [Fact]
    public void Each_verb_has_its_line()
    {
        Assert.Equal("mg k v f O#\r\n", Line(Verb.Get));
        Assert.Equal("mg k v f c O#\r\n", Line(Verb.Get, request => request.WantsCas = true));
        Assert.Equal("mg k v f t T60 O#\r\n", Line(Verb.GetAndTouch, request => request.Expiry = 60));
        Assert.Equal("mg k v f c t T-1 O#\r\n", Line(Verb.GetAndTouch, request => (request.WantsCas, request.Expiry) = (true, -1)));
        Assert.Equal("mg k v f t T0 O#\r\n", Line(Verb.GetAndTouch));
        Assert.Equal("mg k v f t c O#\r\n", Line(Verb.GetNear));
        Assert.Equal("mg k v f t c O#\r\n", Line(Verb.GetNear, request => request.WantsCas = true));
        Assert.Equal("mg k v f t c C7 O#\r\n", Line(Verb.GetNear, request => request.Cas = 7));
        Assert.Equal("mg k v f t c O#\r\n", Line(Verb.GetNear, request => request.Cas = 7, comparesCas: false));
        Assert.Equal("mg k v f O#\r\n", Line(Verb.Get, request => request.Cas = 7));
        Assert.Equal("mg k v f t O#\r\n", Line(Verb.GetItem));
        Assert.Equal("mg k s f t c O#\r\n", Line(Verb.InspectItem, request => request.WantsCas = true));
        Assert.Equal("mg k s f t O#\r\n", Line(Verb.InspectItem));
        Assert.Equal("mg k s f O#\r\n", Line(Verb.Exists));
        Assert.Equal("mg k s f c O#\r\n", Line(Verb.Inspect, request => request.WantsCas = true));
        Assert.Equal("mg k s f t T0 O#\r\n", Line(Verb.Touch));
        Assert.Equal("md k O#\r\n", Line(Verb.Delete));
        Assert.Equal("mg k v f c N10 O#\r\n", Line(Verb.GetOrLease, request => (request.WantsCas, request.LeaseSeconds) = (true, 10)));
        Assert.Equal("mg k v f c R5 N10 O#\r\n", Line(Verb.GetOrLease, request => (request.WantsCas, request.RefreshWithin, request.LeaseSeconds) = (true, 5, 10)));
        Assert.Equal("md k I T60 O#\r\n", Line(Verb.Invalidate, request => request.Expiry = 60));
        Assert.Equal("md k C7 I O#\r\n", Line(Verb.Invalidate, request => request.Cas = 7));
        Assert.Equal("md k C7 O#\r\n", Line(Verb.Release, request => request.Cas = 7));
        Assert.Equal("ms k 0 O#\r\n", Line(Verb.Set));
        Assert.Equal("ms k 3 F256 T60 O#\r\n", Line(Verb.Set, Store));
        Assert.Equal("ms k 3 F256 T60 ME O#\r\n", Line(Verb.Add, Store));
        Assert.Equal("ms k 3 F256 T60 MR O#\r\n", Line(Verb.Replace, Store));
        Assert.Equal("ms k 3 F256 T60 MA O#\r\n", Line(Verb.Append, Store));
        Assert.Equal("ms k 3 F256 T60 MP O#\r\n", Line(Verb.Prepend, Store));
        Assert.Equal("ms k 3 F256 T60 C7 O#\r\n", Line(Verb.CompareAndSet, Store));
        Assert.Equal("ma k v D5 O#\r\n", Line(Verb.Increment, request => request.Delta = 5));
        Assert.Equal("ma k v D5 MD O#\r\n", Line(Verb.Decrement, request => request.Delta = 5));
        Assert.Equal("ma k v D5 N60 J0 O#\r\n", Line(Verb.Increment, request => (request.Delta, request.Initial, request.Expiry) = (5, 0, 60)));
        Assert.Equal("ma k v D1 MD N0 J9 O#\r\n", Line(Verb.Decrement, request => (request.Delta, request.Initial) = (1, 9)));
        Assert.Equal("version\r\n", Line(Verb.Version));
        Assert.Equal("stats\r\n", Line(Verb.Stats));
        Assert.Equal("stats items\r\nversion\r\n", Line(Verb.Stats, argument: "items"));
        Assert.Equal("flush_all\r\n", Line(Verb.Flush));
        Assert.Equal("flush_all 60\r\n", Line(Verb.Flush, argument: "60"));
    }

    [Fact]
    public void The_longest_lines_have_room()
    {
        foreach (var verb in Enum.GetValues<Verb>().Where(verb => verb is not (Verb.GetBatch or Verb.GetOrLeaseBatch)))
        {
            var line = Line(
                verb,
                request =>
                {
                    (request.Flags, request.Expiry, request.Cas, request.Delta) = (uint.MaxValue, long.MinValue, ulong.MaxValue, ulong.MaxValue);
                    (request.Initial, request.WantsCas) = (ulong.MaxValue, true);
                },
                new string('9', 100),
                new string('k', CacheKeyWriter.MaxLength));
            Assert.EndsWith("\r\n", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_batch_has_a_line_for_each_key_and_room_for_the_longest()
    {
        var keys = new KeyList();
        keys.Add("a"u8);
        keys.Add("b"u8);
        var request = new Request { Keys = keys, WantsCas = true, RefreshWithin = 5, LeaseSeconds = 10 };
        request.Begin(Verb.GetOrLeaseBatch, default, 7);
        Assert.Equal("mg a v f c R5 N10 O7\r\nmg b v f c R5 N10 O8\r\n", Encoding.ASCII.GetString(Written(request)));

        keys.Clear();
        for (var i = 0; i < 3; i++)
        {
            keys.Add(Encoding.ASCII.GetBytes(new string('k', CacheKeyWriter.MaxLength)));
        }

        (request.RefreshWithin, request.LeaseSeconds) = (uint.MaxValue, uint.MaxValue);
        request.Begin(Verb.GetOrLeaseBatch, default, uint.MaxValue);
        Assert.True(Written(request).Length <= keys.Text.Length + (keys.Count * MetaRequest.MaxLengthInBatch));
    }

    [Fact]
    public void Only_stores_carry_a_payload() => Assert.Equal(
        [Verb.Set, Verb.Add, Verb.Replace, Verb.Append, Verb.Prepend, Verb.CompareAndSet],
        Enum.GetValues<Verb>().Where(WireProtocol.HasPayload));

    private static void Store(Request request)
    {
        (request.Flags, request.Expiry, request.Cas) = (256, 60, 7);
        "abc"u8.CopyTo(request.Payload.Resize(3));
    }

    private static byte[] Written(Request request)
    {
        var buffer = new byte[4096];
        var writer = new RequestWriter(buffer);
        MetaRequest.Write(request, new Reply(), comparesCas: true, ref writer);
        return buffer[..writer.Length];
    }

    private static string Line(Verb verb, Action<Request>? fill = null, string argument = "", string key = "k", bool comparesCas = true)
    {
        var request = new Request { Argument = argument };
        request.Begin(verb, Encoding.UTF8.GetBytes(key), uint.MaxValue);
        fill?.Invoke(request);
        var buffer = new byte[RequestWriter.MaxLength];
        var writer = new RequestWriter(buffer);
        if (WireProtocol.IsServerCommand(verb))
        {
            ServerCommand.Write(request, ref writer);
        }
        else
        {
            MetaRequest.Write(request, verb is Verb.Increment or Verb.Decrement ? new CounterReply() : new Reply(), comparesCas, ref writer);
        }

        return Encoding.UTF8.GetString(buffer, 0, writer.Length).Replace($"O{request.Opaque}", "O#", StringComparison.Ordinal);
    }
}
