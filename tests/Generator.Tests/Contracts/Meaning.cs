using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using MessagePack;

namespace TypedCache.Generator.Tests.Contracts;

/// <summary>What comes of a value that another type reads.</summary>
internal enum Verdict
{
    /// <summary>Everything that both know is the same.</summary>
    Fine,

    /// <summary>Null stands where the type says that there is none.</summary>
    Null,

    /// <summary>It cannot be read, or something means something else.</summary>
    Broken,
}

/// <summary>
/// Compares a value that was written with what was read in its place. It looks at the objects alone, by reflection, and knows nothing of
/// contracts: members of one name must have the same value, and what the writer did not have must be as in a new object.
/// </summary>
internal static class Meaning
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static Verdict Compare(object? written, object? read) => Compare(written, read, null);

    /// <param name="info">How the type is declared that was read; null where that does not matter.</param>
    private static Verdict Compare(object? written, object? read, NullabilityInfo? info)
    {
        if (read is null)
        {
            return written is not null ? Verdict.Broken : AllowsNull(info) ? Verdict.Fine : Verdict.Null;
        }

        if (Inside(written) is not null || Inside(read) is not null)
        {
            return Compare(Inside(written) ?? written, Inside(read) ?? read, Inside(read) is null ? info : Argument(info, 0));
        }

        return (written, read) switch
        {
            (null, ReadOnlyMemory<byte> { Length: 0 }) => Verdict.Null,
            (null, _) => Verdict.Broken,
            (IDictionary one, IDictionary other) => one.Count == other.Count
                ? Worst(one.Keys.Cast<object>().Select(key => other.Contains(key) ? Compare(one[key], other[key], Argument(info, 1)) : Verdict.Broken))
                : Verdict.Broken,
            (IList one, IList other) when one is not byte[] && other is not byte[] => one.Count == other.Count
                ? Worst(one.Cast<object?>().Zip(other.Cast<object?>(), (left, right) => Compare(left, right, Argument(info, 0))))
                : Verdict.Broken,
            _ when IsItem(written) && IsItem(read) => CompareItems(written, read, info),
            _ when IsItem(written) || IsItem(read) => Verdict.Broken,
            _ => IsSameLeaf(written, read),
        };
    }

    // What a class is written as.
    private static object? Inside(object? value) =>
        value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Lazy<>) ? type.GetProperty("Value")!.GetValue(value) : null;

    private static bool AllowsNull(NullabilityInfo? info) => info is null || info.ReadState == NullabilityState.Nullable;

    private static NullabilityInfo? Argument(NullabilityInfo? info, int index) => info?.GenericTypeArguments.ElementAtOrDefault(index);

    // Value tuples and the types of the specs.
    private static bool IsItem(object value) => value.GetType() is { IsEnum: false, Namespace: var space } type
        && (space!.StartsWith('N') || IsTuple(type));

    private static bool IsTuple(Type type) => type.Name.StartsWith("ValueTuple", StringComparison.Ordinal);

    private static Verdict CompareItems(object written, object read, NullabilityInfo? info)
    {
        var (from, to) = (written.GetType(), read.GetType());
        if (IsTuple(from) || IsTuple(to))
        {
            return from.Name == to.Name
                ? Worst(from.GetFields().Zip(to.GetFields()).Select((pair, index) => Compare(pair.First.GetValue(written), pair.Second.GetValue(read), Argument(info, index))))
                : Verdict.Broken;
        }

        // The cases of a union are told apart by their names, since nothing else is the same in both.
        if (to.GetInterfaces().Any(static type => type.IsDefined(typeof(UnionAttribute))) && from.Name != to.Name)
        {
            return Verdict.Broken;
        }

        var empty = to.GetConstructor([]) is null ? null : Activator.CreateInstance(to);
        return Worst(Properties(to).Select(property => CompareMember(written, from, read, property, empty)));
    }

    private static Verdict CompareMember(object written, Type from, object read, PropertyInfo property, object? empty)
    {
        var value = property.GetValue(read);
        var info = Nullability.Create(property);
        if (Properties(from).FirstOrDefault(other => other.Name == property.Name) is { } source)
        {
            return Compare(source.GetValue(written), value, info);
        }

        if (value is null)
        {
            return AllowsNull(info) ? Verdict.Fine : Verdict.Null;
        }

        // A map in which an object finds none of its names is not an object that nobody has stored.
        if (IsItem(value) && Properties(from).Any(other => KeyOf(other) is { } key && key == KeyOf(property) && other.GetValue(written) is IDictionary))
        {
            return Verdict.Broken;
        }

        var unset = empty is not null ? property.GetValue(empty) : property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null;

        // A struct that nobody has set has nulls inside.
        return unset is not null && Compare(unset, value) != Verdict.Broken ? Verdict.Fine : Verdict.Broken;
    }

    private static int? KeyOf(PropertyInfo property) => property.GetCustomAttribute<KeyAttribute>()?.IntKey;

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties().Where(static property => property.Name != "EqualityContract");

    private static Verdict IsSameLeaf(object written, object read)
    {
        var isSame = (written, read) switch
        {
            (Enum one, Enum other) => Enum.IsDefined(one.GetType(), one) ? one.ToString() == other.ToString() : Number(one)!.Equals(Number(other)),
            _ when Bytes(written) is { } one && Bytes(read) is { } other => one.SequenceEqual(other),
            _ when Number(written) is { } one && Number(read) is { } other => one.Equals(other),
            _ when written.GetType() == read.GetType() && written is not (System.Text.StringBuilder or BitArray) => written.Equals(read),
            (BitArray one, BitArray other) => one.Cast<bool>().SequenceEqual(other.Cast<bool>()),
            (BitArray, _) or (_, BitArray) => false,
            _ => Text(written) == Text(read),
        };
        return isSame ? Verdict.Fine : Verdict.Broken;
    }

    private static byte[]? Bytes(object value) => value switch { byte[] bytes => bytes, ReadOnlyMemory<byte> memory => memory.ToArray(), _ => null };

    // A whole number, or one with a fraction.
    private static object? Number(object value) => value switch
    {
        Enum item => BigInteger.Parse(item.ToString("D"), CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong => BigInteger.Parse(Text(value), CultureInfo.InvariantCulture),
        Half half => Fraction((double)half),
        float single => Fraction(single),
        double number => Fraction(number),
        _ => null,
    };

    private static object Fraction(double number) => double.IsInteger(number) ? new BigInteger(number) : number;

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static Verdict Worst(IEnumerable<Verdict> verdicts) => verdicts.DefaultIfEmpty(Verdict.Fine).Max();
}
