#nullable enable

namespace Shapes;

/// <summary>Shapes.Account as a MessagePack array by key.</summary>
[global::System.Obsolete]
file sealed class AccountCodec : global::TypedCache.Values.MessagePackCodec<global::Shapes.Account>
{
    public static readonly AccountCodec Instance = new();

    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Account? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(12);
        writer.Write(IdField(value));
        writer.Write(NameField(value));
        writer.Write(value.Opened);
        writer.Write(value._note);
        global::MessagePack.Formatters.DecimalFormatter.Instance.Serialize(ref writer, GetBalance(value), null!);
        writer.Write(value.ReadOnly);
        writer.Write(GetProtected(value));
        writer.Write(value.Internal);
        writer.Write(GetSecret(value));
        writer.Write(VersionField(value));
        ListOfInt32Codec.Write(ref writer, GetKept(value));
        writer.Write(GetComputed(value));
    }

    public static global::Shapes.Account? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::Shapes.Account result = Create();
        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        for (int index = 0; index < count; index++)
        {
            switch (index)
            {
                case 0:
                    IdField(result) = reader.ReadInt32();
                    break;
                case 1:
                    NameField(result) = reader.ReadString()!;
                    break;
                case 2:
                    OpenedField(result) = reader.ReadInt64();
                    break;
                case 3:
                    result._note = reader.ReadString();
                    break;
                case 4:
                    SetBalance(result, global::MessagePack.Formatters.DecimalFormatter.Instance.Deserialize(ref reader, null!));
                    break;
                case 5:
                    SetReadOnly(result, reader.ReadInt32());
                    break;
                case 6:
                    SetProtected(result, reader.ReadString()!);
                    break;
                case 7:
                    result.Internal = reader.ReadBoolean();
                    break;
                case 8:
                    SetSecret(result, reader.ReadInt32());
                    break;
                case 9:
                    VersionField(result) = reader.ReadInt32();
                    break;
                case 10:
                    SetKept(result, ListOfInt32Codec.Read(ref reader));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Depth--;
        return result;
    }

    protected override void Serialize(ref global::MessagePack.MessagePackWriter writer, global::Shapes.Account value) => Write(ref writer, value);

    protected override global::Shapes.Account Deserialize(ref global::MessagePack.MessagePackReader reader) => Read(ref reader)!;

    // The type stores what is not public as well.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_id")]
    private static extern ref int IdField(global::Shapes.Account target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_name")]
    private static extern ref string NameField(global::Shapes.Account target);

    // The type stores its readonly fields as well.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "Opened")]
    private static extern ref long OpenedField(global::Shapes.Account target);

    // The type stores what is not public as well.
    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "get_Balance")]
    private static extern decimal GetBalance(global::Shapes.Account target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Balance")]
    private static extern void SetBalance(global::Shapes.Account target, decimal value);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_ReadOnly")]
    private static extern void SetReadOnly(global::Shapes.Account target, int value);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "get_Protected")]
    private static extern string GetProtected(global::Shapes.Account target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Protected")]
    private static extern void SetProtected(global::Shapes.Account target, string value);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "Shapes.IHasSecret.get_Secret")]
    private static extern int GetSecret(global::Shapes.Account target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "Shapes.IHasSecret.set_Secret")]
    private static extern void SetSecret(global::Shapes.Account target, int value);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_version")]
    private static extern ref int VersionField(global::Shapes.Account target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "get_Kept")]
    private static extern global::System.Collections.Generic.List<int>? GetKept(global::Shapes.Account target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_Kept")]
    private static extern void SetKept(global::Shapes.Account target, global::System.Collections.Generic.List<int>? value);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "get_Computed")]
    private static extern int GetComputed(global::Shapes.Account target);

    [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Constructor)]
    private static extern global::Shapes.Account Create();
}

/// <summary>System.Collections.Generic.List&lt;int&gt; as a MessagePack array.</summary>
[global::System.Obsolete]
file static class ListOfInt32Codec
{
    public static void Write(ref global::MessagePack.MessagePackWriter writer, global::System.Collections.Generic.List<int>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        foreach (int item in value)
        {
            writer.Write(item);
        }
    }

    public static global::System.Collections.Generic.List<int>? Read(ref global::MessagePack.MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        global::TypedCache.Values.MessagePackLimits.EnterLevel(ref reader);
        int count = reader.ReadArrayHeader();
        global::System.Collections.Generic.List<int> items = new global::System.Collections.Generic.List<int>(count);
        for (int index = 0; index < count; index++)
        {
            items.Add(reader.ReadInt32());
        }

        reader.Depth--;
        return items;
    }
}
