using System.Runtime.CompilerServices;

namespace TypedCache.Generator.Incremental;

/// <summary>Numbers objects, so that something can be known to be the same object without keeping it alive.</summary>
internal static class ObjectNumbers
{
    private static readonly ConditionalWeakTable<object, Number> Numbers = new();
    private static long _last;

    public static ulong Of(object thing) => Numbers.GetValue(thing, static _ => new Number((ulong)Interlocked.Increment(ref _last))).Value;

    private sealed class Number(ulong value)
    {
        public ulong Value { get; } = value;
    }
}
