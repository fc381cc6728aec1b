using System.Text;
using System.Text.Unicode;
using MessagePack;
using TypedCache.Generator.Contracts;
using TypedCache.Values;

namespace TypedCache.Tool.Values;

/// <summary>Reads a value of any type for display, by the shape that a contract has for it.</summary>
/// <param name="contract">The contract; null: there is none.</param>
/// <param name="key">What the contract says of the key; null: nothing.</param>
internal sealed class DecodingCodec(ContractFile? contract, ContractKey? key) : ICacheCodec<DecodedValue>
{
    // What a server counts has no flags that say so.
    private bool IsNumber => key is { Codec: ContractCodec.Counter } or { Codec: ContractCodec.Plain, Value: ContractType.Leaf { Name: "ulong" or "long" or "uint" or "int" } };

    public void Write(ref ValueWriter writer, DecodedValue value) => throw new NotSupportedException("Values are only shown.");

    public DecodedValue Read(in StoredValue stored)
    {
        if (stored.Kind != ValueKind.Tagged)
        {
            return Decode(stored, tags: null);
        }

        return StoredTags.Read(stored.Payload.Span) is { } tags
            ? Decode(stored.WithoutTags(tags.Length), tags) with { Flags = stored.Flags }
            : new DecodedValue(stored.Flags, stored.Kind, stored.Payload.Length, Scalars.Bytes(stored.Payload.Span))
            {
                Misfits = [new Misfit("value", "the versions of its tags are damaged")],
            };
    }

    private DecodedValue Decode(in StoredValue stored, StoredTags? tags)
    {
        var misfits = new List<Misfit>();
        var node = DecodeNode(stored, misfits);
        return new DecodedValue(stored.Flags, stored.Kind, stored.Payload.Length, node)
        {
            Tags = tags,
            Unreadable = IsReadable(stored.Kind) ? null : stored.Unreadable("a value").Message,
            Misfits = misfits,
        };
    }

    private static bool IsReadable(ValueKind kind) => kind is ValueKind.Raw or ValueKind.Integer or ValueKind.Float or ValueKind.Boolean or ValueKind.Null
        or ValueKind.Date or ValueKind.MessagePack or ValueKind.PhpSerialized;

    private ValueNode DecodeNode(in StoredValue stored, List<Misfit> misfits)
    {
        var isMessagePack = stored.Kind == ValueKind.MessagePack;
        if (key?.Codec == ContractCodec.MessagePack != isMessagePack && key?.Codec is ContractCodec.MessagePack or ContractCodec.Plain or ContractCodec.Counter)
        {
            misfits.Add(new Misfit("value", $"the contract says {key.Codec}, and the flags say {stored.Kind}"));
        }

        if (!isMessagePack)
        {
            return DecodePlain(stored);
        }

        if (contract is not null && key is { Codec: ContractCodec.MessagePack, Value: { } type })
        {
            var reader = new ShapeReader(contract);
            var node = reader.Read(stored.Payload, type);
            misfits.AddRange(reader.Misfits);
            return node;
        }

        return DecodeRaw(stored, misfits);
    }

    private static ValueNode DecodeRaw(in StoredValue stored, List<Misfit> misfits)
    {
        try
        {
            var reader = new MessagePackReader(stored.Payload);
            return RawMessagePack.Read(ref reader);
        }
        catch (InvalidDataException damaged)
        {
            misfits.Add(new Misfit("value", damaged.Message));
            return Scalars.Bytes(stored.Payload.Span);
        }
    }

    private ValueNode.Scalar DecodePlain(in StoredValue stored)
    {
        try
        {
            return stored.Kind switch
            {
                ValueKind.Boolean => Scalars.Of(stored.ReadBoolean()),
                ValueKind.Integer => Scalars.Number(stored.ReadInteger()),
                ValueKind.Float => Scalars.Of(stored.ReadFloat()),
                ValueKind.Date => Scalars.Time(stored.ReadDateTime()),
                ValueKind.Null => Scalars.Null,
                ValueKind.Raw when IsNumber => stored.Payload.Span.StartsWith("-"u8) ? Scalars.Number(stored.ReadInteger()) : Scalars.Number(stored.ReadUnsigned()),
                _ => Text(stored.Payload.Span),
            };
        }
        catch (CacheValueException)
        {
            return Text(stored.Payload.Span);
        }
    }

    private static ValueNode.Scalar Text(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Scalars.Text(Encoding.UTF8.GetString(bytes)) : Scalars.Bytes(bytes);
}
