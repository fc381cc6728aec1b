using System.Globalization;
using System.Text;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>
/// What one client wrote, read under the dialect of each other, as each type: the right value or an exception, never a wrong value.
/// </summary>
public class CrossReadTests(ITestOutputHelper output)
{
    // What two clients write under the same flags, so that the bytes alone cannot tell who it was. Only the dialect of the pool can.
    private static readonly SharedFlags[] Known =
    [
        new("node", "", ["s_crlf"], "The backslashes of the npm package stand in a string without flags."),
        new("node", "Dalli", ["by_5", "by_empty", "by_20000", "segment", "s_latin1"], "Flags 4: a Buffer there, a string here."),
        new("pecl", "Spymemcached", [], "Flags 0x300 and 0x700: text there, big-endian bytes here."),
        new("spymemcached whalin", "Dalli", [], "Flags 4: an int there, a string here."),
        new("spymemcached whalin", "NodeMemcached", [], "Flags 4: an int there, a Buffer here."),
        new("spymemcached whalin", "P", ["ch_A"], "Flags 16: a char there, a string here."),
        new("spymemcached whalin", "Pecl", ["sh_1234", "l_0", "b_true", "b_false"], "Flags 0x100, 0x2000 and 0x4000: a short, a bool and a long there; a bool here, and bits that PHP ignores."),
        new("aer", "Pecl", ["null"], "Flags 0x100: null there, a bool here; PHP takes whatever is not 1 for false."),
        new("dalli", "PhpMemcached", [], "Flags 3: compressed Marshal there, a bool here; PHP takes whatever is not 1 for false."),
    ];

    private readonly HashSet<SharedFlags> _known = [];
    private readonly List<string> _wrong = [];
    private int _right;
    private int _refused;
    private int _stored;

    [Fact]
    public void Recorded_values_are_read_right_or_not_at_all_under_every_dialect()
    {
        foreach (var item in RecordedItem.LoadAll())
        {
            if (item.Bytes is { } bytes)
            {
                Compare(item.Mode, item.Id, item.IsUntyped ? bytes : item.Value, item.Flags, bytes);
            }
        }

        Report("recorded values of other clients");
        Assert.Equal((17186, 170756, 1213, 8), (_right, _refused, _stored, _known.Count));
    }

    [Fact]
    public void Values_of_our_own_are_read_right_or_not_at_all_under_every_other_dialect()
    {
        foreach (var writer in AllDialects.Of)
        {
            var probe = new PipelineProbe(writer, new CompressionOptions { Threshold = 1000, MinimumSaving = 0 });
            foreach (var id in Sample.Ids)
            {
                if (TryEncode(probe, Sample.Of(id)!) is { } item)
                {
                    Compare($"{writer}", id, writer == ValueDialect.Plain ? item.Bytes : Sample.Of(id), item.Flags, item.Bytes);
                }
            }
        }

        Report("values of our own");
        Assert.Equal((12475, 87728, 438, 4), (_right, _refused, _stored, _known.Count));
    }

    private static (uint Flags, byte[] Bytes)? TryEncode(PipelineProbe probe, object value)
    {
        try
        {
            return TypedWrite.Encode(probe, value);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private void Compare(string writer, string id, object? value, uint flags, byte[] bytes)
    {
        foreach (var dialect in AllDialects.Of)
        {
            var probe = new PipelineProbe(dialect);
            foreach (var type in TypedRead.All)
            {
                try
                {
                    Judge(writer, id, value, bytes, dialect, type, type.Read(probe, flags, bytes));
                }
                catch (CacheValueException)
                {
                    _refused++;
                }
            }
        }
    }

    private void Judge(string writer, string id, object? value, byte[] bytes, ValueDialect reader, TypedRead type, object? result)
    {
        if (IsRight(value, result, reader))
        {
            _right++;
        }
        else if (result is byte[] read && read.AsSpan().SequenceEqual(bytes) && ReadsUnknownBytes(reader))
        {
            _stored++;
        }
        else if (Array.Find(Known, known => known.Fits(writer, reader, id)) is { } known)
        {
            _known.Add(known);
        }
        else
        {
            _wrong.Add($"{writer} -> {reader} as {type.Name}: {id}, {Sample.Show(value)}, is {Sample.Show(result)}");
        }
    }

    // The dialects of PHP give whatever they do not know as bytes, and that of Node.js gives JSON as such.
    private static bool ReadsUnknownBytes(ValueDialect dialect) =>
        dialect.Identity is CacheDialect.Pecl or CacheDialect.PeclSharedWithPhp or CacheDialect.PhpMemcached or CacheDialect.NodeMemcached;

    private static bool IsRight(object? value, object? result, ValueDialect reader) => result switch
    {
        _ when value is null || result is null => value is null && result is null,
        _ when ReferenceEquals(value, Sample.Other) => false,
        string text => IsText(value, text),
        byte[] bytes => value is byte[] expected ? expected.AsSpan().SequenceEqual(bytes) : TryDecode(bytes) is { } text && IsText(value, text),
        bool flag => value switch
        {
            bool expected => expected == flag,
            string or byte[] => TextOf(value) == (flag ? "1" : "0"),
            IConvertible number => number.ToDouble(CultureInfo.InvariantCulture) == (flag ? 1 : 0),
            _ => false,
        },
        DateTime date => value is DateTime expected && (date == expected && (date.Kind == expected.Kind || reader != ValueDialect.Enyim)),
        IConvertible number => IsNumber(value, number),
        _ => false,
    };

    private static bool IsText(object value, string text) => value switch
    {
        string or byte[] => text == TextOf(value),
        bool flag => text is "1" or "true" ? flag : text is "0" or "false" or "" && !flag,
        DateTime => false,
        float or double => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number.Equals(Convert.ToDouble(value, CultureInfo.InvariantCulture))
            || (text.Equals("nan", StringComparison.OrdinalIgnoreCase) && double.IsNaN(Convert.ToDouble(value, CultureInfo.InvariantCulture))),
        _ => text == Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static bool IsNumber(object value, IConvertible number)
    {
        var result = Convert.ToString(number, CultureInfo.InvariantCulture)!;
        return value switch
        {
            bool flag => result == (flag ? "1" : "0"),
            string or byte[] => TextOf(value) is { } text
                && (text.Trim() == result || (double.TryParse(text, CultureInfo.InvariantCulture, out var parsed) && SameNumber(parsed, number))),
            DateTime => false,
            _ => SameNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture), number),
        };
    }

    private static bool SameNumber(double expected, IConvertible number) =>
        number is float single ? ((float)expected).Equals(single) : expected.Equals(number.ToDouble(CultureInfo.InvariantCulture));

    private static string? TextOf(object value) => value as string ?? TryDecode((byte[])value);

    private static string? TryDecode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private void Report(string what)
    {
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
        output.WriteLine($"{what}: {_right} reads right, {_refused} refused, {_stored} as the bytes that are stored; and under flags that two clients have for different things:");
        foreach (var known in _known)
        {
            output.WriteLine($"{known.Writer}* -> {known.Reader}*: {known.Why}");
        }
    }

    /// <summary>Flags that two clients have for different things.</summary>
    /// <param name="Writer">How the names of the writers begin.</param>
    /// <param name="Reader">How the names of the readers begin.</param>
    /// <param name="Ids">Which values; none: all.</param>
    /// <param name="Why">What is under the flags.</param>
    private sealed record SharedFlags(string Writer, string Reader, string[] Ids, string Why)
    {
        public bool Fits(string writer, ValueDialect reader, string id) =>
            writer.StartsWith(Writer, StringComparison.OrdinalIgnoreCase)
            && reader.ToString().StartsWith(Reader, StringComparison.Ordinal)
            && (Ids.Length == 0 || Ids.Contains(id));
    }
}
