using System.Numerics;

namespace TypedCache.Values;

/// <summary>A whole number as decimal text.</summary>
/// <typeparam name="T">An integer type of at most 64 bits.</typeparam>
internal sealed class IntegerCodec<T> : ICacheCodec<T>
    where T : struct, IBinaryInteger<T>
{
    public void Write(ref ValueWriter writer, T value)
    {
        if (T.IsNegative(value))
        {
            writer.WriteInteger(long.CreateChecked(value));
        }
        else
        {
            writer.WriteUnsigned(ulong.CreateChecked(value));
        }
    }

    public T Read(in StoredValue stored) => stored.ReadNumber<T>();
}
