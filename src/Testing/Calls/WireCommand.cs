using System.Globalization;
using System.Text;

namespace TypedCache.Testing;

/// <summary>A request as a client sends it: what is asked about which keys.</summary>
internal sealed class WireCommand
{
    private WireCommand(string text, CallKind kind, params string[] keys)
    {
        Text = text;
        Kind = kind;
        Keys = keys;
    }

    /// <summary>The line.</summary>
    public string Text { get; }

    /// <summary>What is asked.</summary>
    public CallKind Kind { get; }

    /// <summary>The keys; none where the server itself is asked.</summary>
    public string[] Keys { get; }

    /// <summary>Whether it belongs to the protocol alone: the question for the version, and the end of a batch.</summary>
    public bool IsHousekeeping => Text is "mn" or "version";

    /// <summary>Reads one.</summary>
    public static WireCommand Read(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["mg", var key, .. var flags] => new(text, Get(flags), key),
            ["ms", var key, _, .. var flags] => new(text, Store(flags), key),
            ["md", var key, .. var flags] => new(text, Has(flags, 'C') ? CallKind.Release : Has(flags, 'I') ? CallKind.Invalidate : CallKind.Delete, key),
            ["ma", var key, .. var flags] => new(text, Array.IndexOf(flags, "MD") >= 0 ? CallKind.Decrement : CallKind.Increment, key),
            ["get" or "gets", .. var keys] => new(text, CallKind.Get, keys),
            ["gat" or "gats", _, .. var keys] => new(text, CallKind.Get, keys),
            ["set" or "add" or "replace" or "append" or "prepend", var key, ..] => new(text, Enum.Parse<CallKind>(words[0], ignoreCase: true), key),
            ["cas", var key, _, var expiry, ..] => new(text, IsOver(expiry) ? CallKind.Delete : CallKind.CompareAndSet, key),
            ["touch", var key, ..] => new(text, CallKind.Touch, key),
            ["delete", var key, ..] => new(text, CallKind.Delete, key),
            ["incr", var key, ..] => new(text, CallKind.Increment, key),
            ["decr", var key, ..] => new(text, CallKind.Decrement, key),
            _ => new(text, CallKind.Other),
        };
    }

    private static CallKind Get(string[] flags) =>
        Has(flags, 'v') ? CallKind.Get : Has(flags, 'T') ? CallKind.Touch : CallKind.Inspect;

    // What has expired before it is stored removes what is there.
    private static CallKind Store(string[] flags) =>
        Has(flags, 'C') ? (Array.Exists(flags, static flag => flag[0] == 'T' && IsOver(flag.AsSpan(1))) ? CallKind.Delete : CallKind.CompareAndSet)
        : Array.Find(flags, static flag => flag[0] == 'M') switch
        {
            "ME" => CallKind.Add,
            "MR" => CallKind.Replace,
            "MA" => CallKind.Append,
            "MP" => CallKind.Prepend,
            _ => CallKind.Set,
        };

    // Before now, or at a point in time that was in 1970.
    private static bool IsOver(ReadOnlySpan<char> expiry) =>
        long.TryParse(expiry, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && seconds is < 0 or > 30 * 86400 and < 365 * 86400;

    private static bool Has(string[] flags, char flag) => Array.Exists(flags, one => one[0] == flag);
}
