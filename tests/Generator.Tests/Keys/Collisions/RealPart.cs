using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TypedCache.Generator.Keys;
using TypedCache.Generator.Model;
using TypedCache.Keys;
using RuntimePolicy = TypedCache.Keys.KeyPolicy;

namespace TypedCache.Generator.Tests.Keys.Collisions;

/// <summary>A placeholder with real values, written into keys by the runtime itself.</summary>
internal abstract class RealPart
{
    public abstract string Name { get; }

    public abstract ValueShapePart Shape(byte delimiter);

    /// <summary>Any value, as its text in a key.</summary>
    public abstract byte[]? Sample(Random random, RuntimePolicy policy, byte delimiter);

    /// <summary>Whether some value has this text in a key.</summary>
    public abstract bool Gives(byte[] text, RuntimePolicy policy, byte delimiter);

    // Null where the policy rejects it.
    protected delegate void Append(ref CacheKeyWriter key);

    protected static byte[]? Write(RuntimePolicy policy, Append append)
    {
        var key = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], policy);
        try
        {
            // One byte more, since nothing alone is no key.
            key.AppendLiteral("."u8);
            append(ref key);
            return key.Finish()[1..].ToArray();
        }
        catch (CacheKeyException)
        {
            return null;
        }
    }

    /// <summary>The texts that can have become these bytes.</summary>
    protected static IEnumerable<string> Read(byte[] text, RuntimePolicy policy)
    {
        if (policy == RuntimePolicy.Escape)
        {
            var original = new List<byte>();
            for (var i = 0; i < text.Length; i++)
            {
                var isEscape = text[i] == (byte)'%' && i + 2 < text.Length;
                original.Add(isEscape && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : text[i]);
                i += isEscape ? 2 : 0;
            }

            return [Encoding.UTF8.GetString([.. original])];
        }

        var plain = Encoding.UTF8.GetString(text);
        return policy == RuntimePolicy.Pecl && plain.Contains('_', StringComparison.Ordinal) ? [plain, plain.Replace('_', ' ')] : [plain];
    }
}

/// <summary>A placeholder of a type that formats itself.</summary>
/// <param name="type">The type.</param>
/// <param name="format">The format, or null.</param>
/// <param name="sample">Any value.</param>
/// <param name="parse">The values that can have a text.</param>
internal sealed partial class RealPart<T>(KeyValueType type, string? format, Func<Random, T> sample, Func<string, IEnumerable<T>> parse) : RealPart
    where T : IUtf8SpanFormattable
{
    private const int Zone = 6;

    public override string Name => $"{{{type}{(format is null ? "" : ":" + format)}}}";

    public override ValueShapePart Shape(byte delimiter) => new(type, format, Delimiter(delimiter));

    public override byte[]? Sample(Random random, RuntimePolicy policy, byte delimiter) => Text(sample(random), policy, delimiter);

    public override bool Gives(byte[] text, RuntimePolicy policy, byte delimiter) => Read(text, policy)
        .Where(static plain => plain.Length is > 0 and < 120)
        .Where(plain => Write(policy, (ref key) => key.Append(plain, Delimiter(delimiter))) is { } written && written.AsSpan().SequenceEqual(text))
        .Select(WithoutZone)
        .Any(plain => parse(plain).Any(value => Text(value, policy, delimiter) is { } written
            && written.AsSpan().SequenceEqual(Write(policy, (ref key) => key.Append(plain, Delimiter(delimiter))))));

    // The offset of a local time is that of the computer, which can be any.
    private string WithoutZone(string text) => type == KeyValueType.DateTime && text.Length > Zone && LocalZone().IsMatch(text[^Zone..]) ? text[..^Zone] : text;

    [GeneratedRegex(@"^(\+(0\d|1[0-3]):[0-5]\d|-(0[1-9]|1[0-3]):[0-5]\d|-00:(0[1-9]|[1-5]\d)|[+-]14:00)$")]
    private static partial Regex LocalZone();

    private byte[]? Text(T value, RuntimePolicy policy, byte delimiter) =>
        Write(policy, (ref key) => key.Append(value, format ?? KeyFormat.Default(type), Delimiter(delimiter)));

    private byte Delimiter(byte delimiter) => delimiter != 0 && KeyFormat.CanContain(type, format, delimiter) ? delimiter : (byte)0;
}

/// <summary>A string or a char.</summary>
internal sealed class TextPart(bool isChar, int maxLength) : RealPart
{
    private static readonly string[] Samples = ["", "0", "7", "a", "x:1", "12", ":", "-", "Red", "a b", "50%", "é", "😀", "\u007F", "2026-01-02", "true", "1:2:3", "ab", "\uD800", "_", "%20", "€x"];

    public override string Name => isChar ? "{Char}" : $"{{String<={maxLength}}}";

    public override ValueShapePart Shape(byte delimiter) => new(isChar ? KeyValueType.Char : KeyValueType.String, null, delimiter) { MaxLength = maxLength };

    public override byte[]? Sample(Random random, RuntimePolicy policy, byte delimiter)
    {
        var text = Samples[random.Next(Samples.Length)];
        return IsValue(text) ? Text(text, policy, delimiter) : Text("a", policy, delimiter);
    }

    public override bool Gives(byte[] text, RuntimePolicy policy, byte delimiter) =>
        Decode(text, policy).Any(plain => IsValue(plain) && Text(plain, policy, delimiter) is { } written && written.AsSpan().SequenceEqual(text));

    private bool IsValue(string text) => isChar ? text.Length == 1 : maxLength == 0 || text.Length <= maxLength;

    private static byte[]? Text(string text, RuntimePolicy policy, byte delimiter) => Write(policy, (ref key) => key.Append(text, delimiter));

    // Lone surrogates are written as three bytes.
    private static IEnumerable<string> Decode(byte[] bytes, RuntimePolicy policy)
    {
        var surrogate = bytes.AsSpan().IndexOf((byte)0xED);
        return surrogate >= 0 && surrogate + 2 < bytes.Length && bytes[surrogate + 1] >= 0xA0
            ? from before in Decode(bytes[..surrogate], policy)
              from after in Decode(bytes[(surrogate + 3)..], policy)
              select $"{before}{(char)(0xD000 | ((bytes[surrogate + 1] & 0x3F) << 6) | (bytes[surrogate + 2] & 0x3F))}{after}"
            : Read(bytes, policy);
    }
}

internal sealed class BoolPart : RealPart
{
    public override string Name => "{Boolean}";

    public override ValueShapePart Shape(byte delimiter) => new(KeyValueType.Boolean, null, 0);

    public override byte[]? Sample(Random random, RuntimePolicy policy, byte delimiter) => Text(random.Next(2) == 0, policy);

    public override bool Gives(byte[] text, RuntimePolicy policy, byte delimiter) =>
        Text(true, policy).AsSpan().SequenceEqual(text) || Text(false, policy).AsSpan().SequenceEqual(text);

    private static byte[]? Text(bool value, RuntimePolicy policy) => Write(policy, (ref key) => key.Append(value));
}

/// <summary>An enum of bytes that is written as generated code does.</summary>
internal sealed class EnumPart : RealPart
{
    private static readonly string[] Names = ["Red", "Green", "T", "a1"];
    private static readonly byte[] Values = [0, 1, 7, 255];

    public override string Name => "{Enum}";

    public override ValueShapePart Shape(byte delimiter) => new(KeyValueType.Enum, null, 0)
    {
        Enum = new EnumShape(KeyValueType.Byte, new EquatableArray<string>(Names), new EquatableArray<string>(Values.Select(static value => value.ToString(CultureInfo.InvariantCulture)))),
    };

    public override byte[]? Sample(Random random, RuntimePolicy policy, byte delimiter) => Text((byte)random.Next(random.Next(2) == 0 ? 10 : 256), policy);

    public override bool Gives(byte[] text, RuntimePolicy policy, byte delimiter) =>
        Enumerable.Range(0, 256).Any(value => Text((byte)value, policy).AsSpan().SequenceEqual(text));

    private static byte[]? Text(byte value, RuntimePolicy policy) => Array.IndexOf(Values, value) is >= 0 and var index
        ? Write(policy, (ref key) => key.AppendLiteral(Encoding.UTF8.GetBytes(Names[index])))
        : Write(policy, (ref key) => key.Append(value));
}
