using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using MessagePack;

namespace TypedCache.Values.Php;

/// <summary>
/// Writes what PHP serialized as MessagePack: objects as maps by property name, arrays in the form that
/// <see cref="PhpArrayForms"/> knows. The classes that the text names are ignored.
/// </summary>
internal sealed class PhpTranscoder(PhpArrayForms forms, PayloadBuffer output)
{
    // The shortest entry of an array is i:0;N;
    private const int MinEntryLength = 6;
    private const int NumberLength = 20;

    private int _depth;
    private bool _isWrong;

    /// <summary>Writes the value.</summary>
    /// <returns>False if arrays have another form than assumed; from now on all those of the text are known.</returns>
    /// <exception cref="InvalidDataException">The text is damaged, or has something that cannot be read.</exception>
    public bool TryWrite(ReadOnlySpan<byte> serialized)
    {
        forms.BeginPass();
        var text = new PhpText(serialized);
        WriteValue(ref text, PhpPlace.Root);
        return text.IsAtEnd ? !_isWrong : throw new InvalidDataException($"{text.Left} bytes follow what PHP serialized.");
    }

    private void WriteValue(ref PhpText text, in PhpPlace place)
    {
        switch (text.Peek())
        {
            case (byte)'a':
                text.Expect("a:"u8);
                WriteEntries(ref text, place, isObject: false);
                break;
            case (byte)'O':
                text.Expect("O:"u8);
                text.TakeString();
                text.Expect(":"u8);
                WriteEntries(ref text, place, isObject: true);
                break;
            default:
                WriteScalar(ref text);
                break;
        }
    }

    private void WriteScalar(ref PhpText text)
    {
        var writer = new MessagePackWriter(output);
        switch (text.Peek())
        {
            case (byte)'N':
                text.Expect("N;"u8);
                writer.WriteNil();
                break;
            case (byte)'b':
                text.Expect("b:"u8);
                writer.Write(text.TakeNumber((byte)';') switch { 0 => false, 1 => true, _ => throw text.Damaged() });
                break;
            case (byte)'i':
                text.Expect("i:"u8);
                writer.Write(text.TakeNumber((byte)';'));
                break;
            case (byte)'d':
                text.Expect("d:"u8);
                writer.Write(FloatText.TryRead(text.TakeUntil((byte)';'), out var number) ? number : throw text.Damaged());
                break;
            case (byte)'s':
                text.Expect("s:"u8);
                WriteString(ref writer, text.TakeString());
                text.Expect(";"u8);
                break;
            default:
                throw Unknown(text);
        }

        writer.Flush();
    }

    // PHP's strings are bytes. What is not UTF-8 can only be read as bytes.
    private static void WriteString(ref MessagePackWriter writer, ReadOnlySpan<byte> value)
    {
        if (Utf8.IsValid(value))
        {
            writer.WriteString(value);
        }
        else
        {
            writer.Write(value);
        }
    }

    private void WriteEntries(ref PhpText text, in PhpPlace place, bool isObject)
    {
        var count = text.TakeCount((byte)':');
        text.Expect("{"u8);
        if (count > text.Left / MinEntryLength)
        {
            throw text.Damaged();
        }

        EnterLevel();
        var form = isObject ? PhpArrayForm.Map : forms[place];
        WriteHeader(count, form, place, isObject);
        for (var i = 0; i < count; i++)
        {
            WriteEntry(ref text, place, form, i);
        }

        text.Expect("}"u8);
        _depth--;
    }

    private void WriteEntry(ref PhpText text, in PhpPlace place, PhpArrayForm form, int index)
    {
        ReadOnlySpan<byte> name = default;
        if (text.Peek() == (byte)'i')
        {
            text.Expect("i:"u8);
            var number = text.TakeNumber((byte)';');
            if (form != PhpArrayForm.List)
            {
                WriteNumberKey(number, form, place);
            }
            else if (number != index)
            {
                TurnedOutToBeMap(place);
            }
        }
        else
        {
            text.Expect("s:"u8);
            name = Unmangled(text.TakeString());
            text.Expect(";"u8);
            if (form == PhpArrayForm.List)
            {
                TurnedOutToBeMap(place);
            }
            else
            {
                var writer = new MessagePackWriter(output);
                WriteString(ref writer, name);
                writer.Flush();
            }
        }

        WriteValue(ref text, place.Below(name));
    }

    // What is written from here on is of no use, but the rest of the text tells which other arrays are maps: one more pass is enough
    // for all of them.
    private void TurnedOutToBeMap(in PhpPlace place)
    {
        forms.RefuseList(place);
        _isWrong = true;
    }

    private void WriteHeader(int count, PhpArrayForm form, in PhpPlace place, bool isObject)
    {
        if (!isObject)
        {
            forms.WroteHeader(output.Length, place);
        }

        var writer = new MessagePackWriter(output);
        if (form == PhpArrayForm.List)
        {
            writer.WriteArrayHeader(count);
        }
        else
        {
            writer.WriteMapHeader(count);
        }

        writer.Flush();
    }

    private void WriteNumberKey(long number, PhpArrayForm form, in PhpPlace place)
    {
        forms.WroteNumberKey(output.Length, place);
        scoped var writer = new MessagePackWriter(output);
        if (form == PhpArrayForm.TextMap)
        {
            Span<byte> digits = stackalloc byte[NumberLength];
            number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            writer.WriteString(digits[..length]);
        }
        else
        {
            writer.Write(number);
        }

        writer.Flush();
    }

    // The names of protected and private properties are preceded by the class, between two NULs.
    private static ReadOnlySpan<byte> Unmangled(ReadOnlySpan<byte> name) => name.StartsWith("\0"u8) ? name[(name.LastIndexOf((byte)0) + 1)..] : name;

    private void EnterLevel()
    {
        if (++_depth > MessagePackLimits.MaximumDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new InvalidDataException($"PHP's value has more levels than can be read; the limit is {MessagePackLimits.MaximumDepth}.");
        }
    }

    private static InvalidDataException Unknown(PhpText text) => (char)text.Peek() switch
    {
        'R' or 'r' => new InvalidDataException("PHP's value has references in it, which are not read."),
        'C' => new InvalidDataException("PHP's value has an object in it that serialized itself (Serializable), which is not read."),
        'E' => new InvalidDataException("PHP's value has an enum in it, which is not read."),
        _ => text.Damaged(),
    };
}
