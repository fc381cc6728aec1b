using System.Collections.Concurrent;

namespace TypedCache.AspNetCore;

/// <summary>
/// Remembers the tags of responses, so that their versions can be asked for together with a response and not after it. It is only a guess:
/// the tags that count are those stored with the response.
/// </summary>
internal sealed class KnownTags
{
    private const int MaxCount = 4096;

    private readonly ConcurrentDictionary<string, string[]> _tags = new();

    /// <summary>The tags that the response to a key had when it was last seen.</summary>
    public string[] Of(string key) => _tags.TryGetValue(key, out var tags) ? tags : [];

    /// <summary>Remembers the tags of the response to a key.</summary>
    public void Note(string key, TagVersion[] tags)
    {
        if (tags.Length == 0)
        {
            _tags.TryRemove(key, out _);
            return;
        }

        if (_tags.TryGetValue(key, out var known) && Equal(known, tags))
        {
            return;
        }

        // What is needed comes back with the next reads.
        if (_tags.Count >= MaxCount)
        {
            _tags.Clear();
        }

        _tags[key] = Names(tags);
    }

    /// <summary>Whether the tags of a response are those that were asked for.</summary>
    public static bool Equal(string[] known, TagVersion[] tags)
    {
        if (known.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (known[i] != tags[i].Tag)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The names of tags.</summary>
    public static string[] Names(TagVersion[] tags) => Array.ConvertAll(tags, static tag => tag.Tag);
}
