using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedCache.Keys;
using TypedCache.Tests.Vectors;

namespace TypedCache.Tests.Keys;

/// <summary>Under the policy Pecl a key has the bytes which pecl-memcache was recorded to send.</summary>
public class PeclKeyVectorTests(ITestOutputHelper output)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Fact]
    public void Strings_ints_and_bools_give_the_bytes_which_PHP_sent()
    {
        var compared = 0;
        var refused = 0;
        foreach (var key in RecordedVectors.Load("compact").GetProperty("keys").EnumerateArray())
        {
            if (key.GetProperty("t").GetString() is not ("s" or "i" or "b"))
            {
                continue;
            }

            var stored = key.GetProperty("stored");
            if (stored.ValueKind == JsonValueKind.Null)
            {
                Assert.Throws<CacheKeyException>(() => Key(key));
                refused++;
            }
            else
            {
                Assert.Equal(stored.GetBytesFromBase64(), Key(key));
            }

            compared++;
        }

        output.WriteLine($"{compared} keys compared, {refused} of them refused");
        Assert.Equal((361, 2), (compared, refused));
    }

    private static byte[] Key(JsonElement recorded)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Pecl);
        switch (recorded.GetProperty("t").GetString())
        {
            case "i":
                writer.Append(long.Parse(recorded.GetProperty("v").GetString()!, CultureInfo.InvariantCulture));
                break;
            case "b":
                writer.Append(recorded.GetProperty("v").GetString() == "true");
                break;
            default:
                AppendBytes(ref writer, recorded.GetProperty("b").GetBytesFromBase64());
                break;
        }

        return writer.Finish().ToArray();
    }

    // A .NET string cannot hold bytes which are not UTF-8; the policy still applies to them.
    private static void AppendBytes(ref CacheKeyWriter writer, byte[] bytes)
    {
        try
        {
            writer.Append(Utf8.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            writer.AppendLiteral(bytes);
        }
    }
}
