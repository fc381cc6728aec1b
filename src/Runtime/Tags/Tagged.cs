using System.Runtime.InteropServices;

namespace TypedCache.Tags;

/// <summary>A value with the versions that its tags had when it was stored. <c>default</c> is a miss.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Tagged<T>
{
    /// <summary>There is a value, or bytes that count as removed.</summary>
    public bool IsFound { get; init; }

    /// <summary>The value; <c>default</c> where it was stored without versions.</summary>
    public T? Value { get; init; }

    /// <summary>Whether it is known which versions the tags had. Where not, nobody but who has created the value may have it.</summary>
    public bool IsVersioned { get; init; }

    /// <summary>The versions of the tags that the call names.</summary>
    public TagVersions Versions { get; init; }

    /// <summary>The tags that came from the value itself; null: none.</summary>
    public OwnTags? OwnTags { get; init; }

    /// <summary>When a creation of this process that brought the value has begun, as a timestamp; 0: it was read from a server.</summary>
    public long Begun { get; init; }
}
