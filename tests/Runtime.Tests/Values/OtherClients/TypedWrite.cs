using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Writes a value by the codec of its type.</summary>
internal static class TypedWrite
{
    public static (uint Flags, byte[] Bytes) Encode(PipelineProbe probe, object value) => value switch
    {
        string text => probe.Encode(CacheCodecs.String, text),
        byte[] bytes => probe.Encode(CacheCodecs.Bytes, bytes),
        bool flag => probe.Encode(CacheCodecs.Boolean, flag),
        sbyte number => probe.Encode(CacheCodecs.SByte, number),
        byte number => probe.Encode(CacheCodecs.Byte, number),
        short number => probe.Encode(CacheCodecs.Int16, number),
        ushort number => probe.Encode(CacheCodecs.UInt16, number),
        int number => probe.Encode(CacheCodecs.Int32, number),
        uint number => probe.Encode(CacheCodecs.UInt32, number),
        long number => probe.Encode(CacheCodecs.Int64, number),
        ulong number => probe.Encode(CacheCodecs.UInt64, number),
        float number => probe.Encode(CacheCodecs.Single, number),
        double number => probe.Encode(CacheCodecs.Double, number),
        DateTime date => probe.Encode(CacheCodecs.DateTime, date),
        _ => throw new ArgumentException($"{value.GetType()} has no codec here", nameof(value)),
    };
}
