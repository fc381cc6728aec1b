using MessagePack;

namespace TypedCache.Values.Php;

/// <summary>Reads a value.</summary>
internal delegate T MessagePackRead<out T>(ref MessagePackReader reader);

/// <summary>
/// Reads what PHP's <c>serialize()</c> wrote as the type that a MessagePack codec reads. Only data is taken from the text:
/// no class that it names is looked up, let alone instantiated.
/// </summary>
internal static class PhpSerialized
{
    /// <summary>What to do about a value that is not read as the type that is wanted.</summary>
    public const string WayOut =
        "Read arrays and objects of PHP's serialize() as a type that is stored as MessagePack. Otherwise let PHP store a string, a number, a bool or MessagePack, or delete the key.";

    /// <summary>Reads a value.</summary>
    /// <param name="serialized">PHP's text.</param>
    /// <param name="read">Reads the expected type.</param>
    /// <exception cref="InvalidDataException">The text is damaged, or has something that cannot be read.</exception>
    /// <exception cref="MessagePackSerializationException">The value is of another structure than the type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> serialized, MessagePackRead<T> read)
    {
        var forms = new PhpArrayForms();
        var messagePack = new PayloadBuffer();
        try
        {
            while (true)
            {
                messagePack.Clear();
                if (new PhpTranscoder(forms, messagePack).TryWrite(serialized) && TryRead(messagePack, forms, read, out var value))
                {
                    return value;
                }
            }
        }
        finally
        {
            messagePack.Clear();
        }
    }

    private static bool TryRead<T>(PayloadBuffer messagePack, PhpArrayForms forms, MessagePackRead<T> read, out T value)
    {
        var reader = new MessagePackReader(messagePack.Written);
        try
        {
            value = read(ref reader);
            return true;
        }
        catch (MessagePackSerializationException)
        {
            if (!forms.TryChangeAt(reader.Consumed))
            {
                throw;
            }

            value = default!;
            return false;
        }
    }
}
