using TypedCache.Tags;

namespace TypedCache;

/// <summary>Writes the keys of the tags that a value itself says it has. Generated clients pass a static lambda.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public delegate void ValueTagKeys<in T>(ref TagKeys tags, T value);

/// <summary>The tags that come from values themselves, such as <c>cat:{value.CategoryId}</c>. The keys are stored with each value.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="keys">Writes the keys of a value's tags. It is not called for null.</param>
/// <param name="groups">
/// For each template of such tags one text that stands for all of its tags, such as <c>shop:~t:cat:*</c>: the same that is passed with
/// their invalidations. Since a value's tags are known only when it has been created, it is stored only if the versions of
/// these groups have not changed meanwhile.
/// </param>
public sealed class ValueTags<T>(ValueTagKeys<T> keys, params string[] groups)
{
    private readonly ValueTagKeys<T> _keys = keys ?? throw new ArgumentNullException(nameof(keys));

    /// <summary>What stands for all tags of a template.</summary>
    internal string[] Groups { get; } = groups is null ? throw new ArgumentNullException(nameof(groups)) : [.. groups];

    /// <summary>The keys of a value's tags.</summary>
    internal byte[][] KeysOf(T value, int maxKeyLength)
    {
        var tags = new TagKeys(stackalloc byte[TagKeys.MaxCount * TagKeys.SizePerTag], maxKeyLength);
        if (value is not null)
        {
            _keys(ref tags, value);
        }

        return NamedTags.Copy(tags);
    }
}
