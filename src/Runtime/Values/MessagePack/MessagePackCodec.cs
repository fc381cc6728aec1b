using MessagePack;
using TypedCache.Values.Php;

namespace TypedCache.Values;

/// <summary>The base of codecs that store a value as MessagePack under the serialized flag, such as those that the generator emits.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class MessagePackCodec<T> : ICacheCodec<T>
{
    /// <inheritdoc/>
    public void Write(ref ValueWriter writer, T value)
    {
        var messagePack = new MessagePackWriter(writer.BeginMessagePack());
        Serialize(ref messagePack, value);
        messagePack.Flush();
    }

    /// <summary>
    /// Reads MessagePack, and what PHP's <c>serialize()</c> wrote if it has the structure of the type. The null of another client is read as
    /// MessagePack's.
    /// </summary>
    /// <inheritdoc/>
    public T Read(in StoredValue stored)
    {
        if (stored.Kind == ValueKind.PhpSerialized)
        {
            return PhpSerialized.Read(stored.Payload.Span, Deserialize);
        }

        if (stored.Kind is not (ValueKind.MessagePack or ValueKind.Null))
        {
            throw stored.Unreadable($"{TypeName.Of(typeof(T))} as MessagePack");
        }

        var reader = new MessagePackReader(stored.Kind == ValueKind.Null ? NullValue.MessagePack : stored.Payload);
        var value = Deserialize(ref reader);
        if (!reader.End)
        {
            throw stored.Unreadable($"{TypeName.Of(typeof(T))} as MessagePack, because {stored.Payload.Length - reader.Consumed} bytes follow it");
        }

        return value;
    }

    /// <summary>Writes a value inside another one.</summary>
    internal void WriteNested(ref MessagePackWriter writer, T value) => Serialize(ref writer, value);

    /// <summary>Reads a value inside another one.</summary>
    internal T ReadNested(ref MessagePackReader reader) => Deserialize(ref reader);

    /// <summary>Writes the value as <c>MessagePackSerializer</c> would.</summary>
    protected abstract void Serialize(ref MessagePackWriter writer, T value);

    /// <summary>Reads what <see cref="Serialize"/> or <c>MessagePackSerializer</c> wrote.</summary>
    protected abstract T Deserialize(ref MessagePackReader reader);
}
