namespace TypedCache.Generator.Tests.Contracts;

/// <summary>Values of the types that are written by one call: ordinary ones and those at the edges.</summary>
internal static class LeafSamples
{
    public static IReadOnlyDictionary<string, string[]> Values { get; } = new Dictionary<string, string[]>
    {
        ["sbyte"] = ["7", "sbyte.MinValue", "sbyte.MaxValue", "0"],
        ["byte"] = ["7", "byte.MaxValue", "0"],
        ["short"] = ["7", "short.MinValue", "short.MaxValue", "0"],
        ["ushort"] = ["7", "ushort.MaxValue", "0"],
        ["int"] = ["7", "int.MinValue", "int.MaxValue", "0"],
        ["uint"] = ["7", "uint.MaxValue", "0"],
        ["long"] = ["7", "long.MinValue", "long.MaxValue", "0"],
        ["ulong"] = ["7", "ulong.MaxValue", "0"],
        ["Half"] = ["(Half)7.5", "Half.MaxValue", "Half.MinValue"],
        ["float"] = ["7.5f", "float.MaxValue", "0.1f"],
        ["double"] = ["7.5", "double.MaxValue", "0.1"],
        ["decimal"] = ["7.5m", "decimal.MaxValue", "0m"],
        ["bool"] = ["true", "false"],
        ["char"] = ["'x'", "'\\uffff'", "'\\ud800'", "'7'"],
        ["string"] = ["\"text\"", "\"\"", "\"7\"", "\"http://\""],
        ["byte[]"] = ["new byte[] { 1, 2 }", "new byte[0]"],
        ["ReadOnlyMemory<byte>"] = ["new ReadOnlyMemory<byte>(new byte[] { 1, 2 })"],
        ["Guid"] = ["new Guid(\"6f9619ff-8b86-d011-b42d-00c04fc964ff\")", "Guid.Empty"],
        ["DateTime"] = ["new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc)", "DateTime.UnixEpoch"],
        ["DateTimeOffset"] = ["new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2))"],
        ["DateOnly"] = ["new DateOnly(2024, 5, 6)", "DateOnly.MaxValue"],
        ["TimeOnly"] = ["new TimeOnly(7, 8, 9)"],
        ["TimeSpan"] = ["new TimeSpan(7, 8, 9)", "TimeSpan.MinValue"],
        ["Uri"] = ["new Uri(\"https://example.org/a\")", "new Uri(\"https://example.org/b\")"],
        ["Version"] = ["new Version(1, 2, 3)"],
        ["StringBuilder"] = ["new StringBuilder(\"text\")", "new StringBuilder(\"http://\")"],
        ["BigInteger"] = ["new BigInteger(7)", "BigInteger.Pow(7, 40)"],
        ["Int128"] = ["(Int128)7", "Int128.MaxValue", "Int128.MinValue"],
        ["UInt128"] = ["(UInt128)7", "UInt128.MaxValue"],
        ["Rune"] = ["new Rune('x')", "new Rune(0x1F600)"],
        ["Complex"] = ["new Complex(1, 2)"],
        ["Vector2"] = ["new Vector2(1, 2)"],
        ["Vector3"] = ["new Vector3(1, 2, 3)"],
        ["BitArray"] = ["new System.Collections.BitArray(new[] { true, false })"],
    };

    /// <summary>Those that have a null of their own.</summary>
    public static IReadOnlySet<string> References { get; } = new HashSet<string> { "string", "byte[]", "Uri", "Version", "StringBuilder", "BitArray" };
}
