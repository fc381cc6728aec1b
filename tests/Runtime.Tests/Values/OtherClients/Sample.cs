using System.Text;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>The values that the clients were recorded to store, by the ids of values.json.</summary>
internal static class Sample
{
    /// <summary>What is no string, bytes, number, bool or date in .NET, or whose content was not recorded.</summary>
    public static readonly object Other = new();

    private static readonly DateTime Date = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private static readonly Dictionary<string, object?> Values = new()
    {
        ["s_empty"] = "",
        ["s_a"] = "a",
        ["s_hello"] = "hello world",
        ["s_utf8"] = "Grüße, мир, 世界, 😀",
        ["s_num"] = "12345",
        ["s_neg"] = "-7",
        ["s_json"] = """{"a":1}""",
        ["s_true"] = "true",
        ["s_crlf"] = "line1\r\nline2",
        ["s_300"] = Repeat("abcdefghij", 300),
        ["s_401"] = Repeat("p", 401),
        ["s_1000"] = Repeat("x", 1000),
        ["s_4095"] = Repeat("m", 4095),
        ["s_4096"] = Repeat("m", 4096),
        ["s_16384"] = Repeat("y", 16384),
        ["s_16385"] = Repeat("y", 16385),
        ["s_20000"] = Repeat("abcdefghijklmnopqrstuvwxyz", 20000),
        ["s_json20k"] = $$"""{"a":"{{Repeat("x", 20000)}}"}""",
        ["s_latin1"] = new byte[] { (byte)'c', (byte)'a', (byte)'f', 0xE9 },
        ["s_binary_hello"] = "hello world"u8.ToArray(),
        ["i_0"] = 0,
        ["i_1"] = 1,
        ["i_m1"] = -1,
        ["i_42"] = 42,
        ["i_255"] = 255,
        ["i_256"] = 256,
        ["i_max"] = int.MaxValue,
        ["i_min"] = int.MinValue,
        ["l_0"] = 0L,
        ["l_m1"] = -1L,
        ["l_2p31"] = 1L << 31,
        ["l_2p53"] = 1L << 53,
        ["l_max"] = long.MaxValue,
        ["l_min"] = long.MinValue,
        ["ul_max"] = ulong.MaxValue,
        ["ui_1234"] = 1234u,
        ["us_1234"] = (ushort)1234,
        ["sh_1234"] = (short)1234,
        ["ub_200"] = (byte)200,
        ["sb_m5"] = (sbyte)-5,
        ["by_m5"] = (sbyte)-5,
        ["by_0"] = (sbyte)0,
        ["enum"] = 5,
        ["big"] = "1267650600228229401496703205376",
        ["f_1_5"] = 1.5f,
        ["d_0"] = 0.0,
        ["d_pi"] = Math.PI,
        ["d_m0_1"] = -0.1,
        ["d_nan"] = double.NaN,
        ["d_1e21"] = 1e21,
        ["b_true"] = true,
        ["b_false"] = false,
        ["null"] = null,
        ["dbnull"] = null,
        ["date"] = Date,
        ["date_unspec"] = DateTime.SpecifyKind(Date, DateTimeKind.Unspecified),
        ["ch_A"] = "A",
        ["ch_eur"] = "€",
        ["symbol"] = "abc",
        ["segment"] = new byte[] { 8, 7 },
        ["by_empty"] = Array.Empty<byte>(),
        ["by_5"] = new byte[] { 0, 1, 2, 0xFF, 0xFE },
        ["by_20000"] = new byte[20000],
    };

    /// <summary>The value of an id; <see cref="Other"/> if there is none in .NET.</summary>
    public static object? Of(string id) => Values.TryGetValue(id, out var value) ? value : Other;

    /// <summary>The ids of all values that there are in .NET, except null.</summary>
    public static IEnumerable<string> Ids => Values.Where(static value => value.Value is not null).Select(static value => value.Key);

    public static bool AreSame(object? one, object? other) => (one, other) switch
    {
        (byte[] first, byte[] second) => first.AsSpan().SequenceEqual(second),
        (DateTime first, DateTime second) => first == second && first.Kind == second.Kind,
        _ => Equals(one, other),
    };

    public static string Show(object? value) => value switch
    {
        null => "null",
        string text when text.Length > 20 => $"a string of {text.Length}",
        byte[] bytes => bytes.Length > 20 ? $"{bytes.Length} bytes" : $"bytes {Convert.ToHexString(bytes)}",
        _ => $"{value.GetType().Name} {value}",
    };

    private static string Repeat(string text, int length) =>
        new StringBuilder().Insert(0, text, (length / text.Length) + 1).ToString()[..length];
}
