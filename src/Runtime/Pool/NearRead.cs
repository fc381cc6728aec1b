using System.Runtime.InteropServices;
using TypedCache.Protocol;

namespace TypedCache.Pool;

/// <summary>The result of a read whose value may be known already, or may be kept (<see cref="Verb.GetNear"/>).</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NearRead<T>
{
    /// <summary>
    /// <see cref="ReplyCode.Ok"/>: a value has come. <see cref="ReplyCode.Unchanged"/>: it is still the one that the request named.
    /// <see cref="ReplyCode.Miss"/>: there is none. <see cref="ReplyCode.Exists"/>: there is another one, which has not come, or nothing
    /// was sent, since the CAS number says nothing any more. <see cref="ReplyCode.None"/>: no server could be reached, and the read was to
    /// end as a miss then.
    /// </summary>
    public ReplyCode Code { get; init; }

    /// <summary>Whether there is a value.</summary>
    public bool Found => Code is ReplyCode.Ok or ReplyCode.Unchanged;

    /// <summary>The value, if one has come and its object was asked for.</summary>
    public T? Value { get; init; }

    /// <summary>The value as it is stored, if its bytes were asked for.</summary>
    public StoredBytes? Bytes { get; init; }

    /// <summary>How many bytes the value has as it is stored.</summary>
    public int Length { get; init; }

    /// <summary>How many bytes of memory the value takes.</summary>
    public long Size { get; init; }

    /// <summary>The state in which the value was read, or found unchanged; its number is 0 where the server gives none.</summary>
    public CasToken Cas { get; init; }

    /// <summary>Who answered.</summary>
    public MemcachedServer? Server => (MemcachedServer?)Cas.Server;

    /// <summary>What the server says of leases on the item.</summary>
    public LeaseMarks Marks { get; init; }

    /// <summary>For how many seconds the item lives on, as <see cref="Reply.TimeLeft"/>. Null: the server does not say.</summary>
    public long? TimeLeft { get; init; }

    /// <summary>Whether the value is neither stale nor about to be refreshed.</summary>
    /// <param name="stale">For how many seconds at the end of its life a value is stale.</param>
    public bool IsFresh(uint stale) => Marks == LeaseMarks.None && !(TimeLeft is { } left && left != Reply.Forever && left < stale);
}
