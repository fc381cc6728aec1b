using System.Text;
using System.Text.Json;
using TypedCache.Tests.Vectors;
using TypedCache.Values;
using TypedCache.Values.Php;

namespace TypedCache.Tests.Values.Php;

/// <summary>
/// What PHP serialized is what PHP says it is: php-memcached was recorded to store the same values by serialize(), as JSON and
/// as MessagePack.
/// </summary>
public class PhpSerializedVectorTests(ITestOutputHelper output)
{
    private const uint SerializedType = 4;
    private const uint JsonType = 6;
    private const uint MessagePackType = 7;

    // Where serialize() and the others tell different things of an object, or refuse it.
    private static readonly string[] Incomparable = ["new Pt", "new Js", "Suit::H"];

    [Fact]
    public void Serialized_values_are_those_which_PHP_encodes_as_JSON()
    {
        var json = Recorded(JsonType).Where(stored => stored.Bytes is not [(byte)'[']).ToLookup(stored => stored.Expression, Plain);
        var compared = 0;
        foreach (var stored in Recorded(SerializedType).Where(stored => json.Contains(stored.Expression) && !Incomparable.Contains(stored.Expression)))
        {
            var ours = PipelineProbe.PhpMemcached.Decode(new JsonCodec(), stored.Flags, stored.Bytes);
            var theirs = json[stored.Expression].First();
            Assert.True(JsonElement.DeepEquals(Parse(theirs), Parse(ours)) || (theirs == "{}" && ours == "[]"), $"{stored.Expression}: {ours} for {theirs}");
            compared++;
        }

        output.WriteLine($"{compared} serialized values compared with PHP's JSON");
        Assert.Equal(15, compared);
    }

    [Fact]
    public void Serialized_arrays_become_the_bytes_which_PHP_encodes_as_MessagePack()
    {
        var messagePack = Recorded(MessagePackType).ToLookup(stored => stored.Expression, stored => stored.Bytes);
        var compared = 0;
        foreach (var stored in Recorded(SerializedType).Where(stored => !Plain(stored).StartsWith("O:", StringComparison.Ordinal)))
        {
            // Text which is not UTF-8 is bytes for us; an enum is an object for PHP.
            if (messagePack.Contains(stored.Expression) && stored.Expression is not ("[\"\\xff\"]" or "Suit::H"))
            {
                Assert.Equal(messagePack[stored.Expression].First(), Transcode(Encoding.Latin1.GetBytes(Plain(stored))));
                compared++;
            }
        }

        output.WriteLine($"{compared} serialized values compared with PHP's MessagePack");
        Assert.Equal(11, compared);
    }

    [Fact]
    public void What_pecl_serialized_is_read_except_what_is_no_data()
    {
        var (read, refused) = (0, 0);
        foreach (var stored in RecordedValue.Load("pecl8_values").Where(stored => stored.Input is null))
        {
            if (stored.Expression == "Suit::H")
            {
                Assert.Contains("enum", PipelineProbe.Pecl.Refused(new JsonCodec(), stored.Flags, stored.Bytes).Message, StringComparison.Ordinal);
                refused++;
            }
            else
            {
                Assert.NotNull(PipelineProbe.Pecl.Decode(new JsonCodec(), stored.Flags, stored.Bytes));
                read++;
            }
        }

        Assert.Equal((29, 1), (read, refused));
    }

    private static IEnumerable<RecordedValue> Recorded(uint type) =>
        RecordedValue.Load("lm_values").Where(stored => stored.Input is null && (stored.Flags & 0xF) == type);

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static string Plain(RecordedValue stored)
    {
        var plain = PipelineProbe.PhpMemcached.Decode(new RawCodec(), stored.Flags, stored.Bytes);
        return Encoding.Latin1.GetString(plain);
    }

    private static byte[] Transcode(byte[] serialized)
    {
        var buffer = new PayloadBuffer();
        var forms = new PhpArrayForms();
        while (!new PhpTranscoder(forms, buffer).TryWrite(serialized))
        {
            buffer.Clear();
        }

        var bytes = buffer.WrittenSpan.ToArray();
        buffer.Clear();
        return bytes;
    }

    /// <summary>Gives the payload, whatever it is.</summary>
    private sealed class RawCodec : ICacheCodec<byte[]>
    {
        public void Write(ref ValueWriter writer, byte[] value) => throw new NotSupportedException();

        public byte[] Read(in StoredValue stored) => stored.Payload.ToArray();
    }
}
