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
            ["md", var key, .. var flags] => new(text, Has(flags, 'I') ? CallKind.Invalidate : Has(flags, 'C') ? CallKind.Release : CallKind.Delete, key),
            ["ma", var key, .. var flags] => new(text, Array.IndexOf(flags, "MD") >= 0 ? CallKind.Decrement : CallKind.Increment, key),
            ["get" or "gets", .. var keys] => new(text, CallKind.Get, keys),
            ["gat" or "gats", _, .. var keys] => new(text, CallKind.Get, keys),
            ["set" or "add" or "replace" or "append" or "prepend", var key, ..] => new(text, Enum.Parse<CallKind>(words[0], ignoreCase: true), key),
            ["cas", var key, ..] => new(text, CallKind.CompareAndSet, key),
            ["touch", var key, ..] => new(text, CallKind.Touch, key),
            ["delete", var key, ..] => new(text, CallKind.Delete, key),
            ["incr", var key, ..] => new(text, CallKind.Increment, key),
            ["decr", var key, ..] => new(text, CallKind.Decrement, key),
            _ => new(text, CallKind.Other),
        };
    }

    private static CallKind Get(string[] flags) =>
        Has(flags, 'v') ? CallKind.Get : Has(flags, 'T') ? CallKind.Touch : CallKind.Inspect;

    private static CallKind Store(string[] flags) =>
        Has(flags, 'C') ? CallKind.CompareAndSet
        : Array.Find(flags, static flag => flag[0] == 'M') switch
        {
            "ME" => CallKind.Add,
            "MR" => CallKind.Replace,
            "MA" => CallKind.Append,
            "MP" => CallKind.Prepend,
            _ => CallKind.Set,
        };

    private static bool Has(string[] flags, char flag) => Array.Exists(flags, one => one[0] == flag);
}
