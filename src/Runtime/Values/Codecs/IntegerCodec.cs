using System.Numerics;

namespace TypedCache.Values;

/// <summary>A whole number.</summary>
/// <typeparam name="T">An integer type of at most 64 bits.</typeparam>
internal sealed class IntegerCodec<T> : ICacheCodec<T>
    where T : struct, IBinaryInteger<T>
{
    private static readonly TypeCode Code = Type.GetTypeCode(typeof(T));

    public void Write(ref ValueWriter writer, T value)
    {
        if (T.IsNegative(value))
        {
            writer.WriteInteger(long.CreateChecked(value), Code);
        }
        else
        {
            writer.WriteUnsigned(ulong.CreateChecked(value), Code);
        }
    }

    public T Read(in StoredValue stored) => stored.ReadNumber<T>();
}
