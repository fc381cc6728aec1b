using System.Globalization;
using System.Text;
using TypedCache.Embedded;

namespace TypedCache.Testing;

/// <summary>An item that a server of a <see cref="TestCluster"/> stores, as it was when it was asked for.</summary>
public sealed record TestItem
{
    internal TestItem(string server, EmbeddedEntry entry)
    {
        Server = server;
        Key = Encoding.UTF8.GetString(entry.Key.Span);
        Value = entry.Value;
        Flags = entry.Flags;
        TimeLeft = entry.TimeLeft;
        Cas = entry.Cas;
        IsStale = entry.IsStale;
        IsLeased = entry.IsLeased;
    }

    /// <summary>The server, as <c>host:port</c>.</summary>
    public string Server { get; }

    /// <summary>The key, with the prefix of its pool.</summary>
    public string Key { get; }

    /// <summary>The stored bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>What its client says of the bytes.</summary>
    public uint Flags { get; }

    /// <summary>For how long it stays, <c>Stale</c> included, in whole seconds; null: it does not expire.</summary>
    public TimeSpan? TimeLeft { get; }

    /// <summary>Its CAS number.</summary>
    public ulong Cas { get; }

    /// <summary>Whether it was invalidated, and is given out as stale.</summary>
    public bool IsStale { get; }

    /// <summary>Whether a caller holds the lease to create the value anew.</summary>
    public bool IsLeased { get; }

    /// <summary>Whether it only holds the place of a value that is being created: clients find nothing.</summary>
    public bool IsPlaceholder => IsLeased && Value.IsEmpty && Flags == 0;

    /// <summary>
    /// The bytes and flags as a text that a test can keep, to store them again with <see cref="TestCluster.StoreRecorded"/>: what a version of the
    /// application has written, read by the next one.
    /// </summary>
    public string Record() => RecordedValue.Write(Value.Span, Flags);

    /// <summary>The item in one line, as in the messages of failed expectations.</summary>
    public override string ToString()
    {
        var time = TimeLeft is { } left ? $"{Duration.Show(left)} left" : "does not expire";
        var state = IsPlaceholder ? "being created" : (IsStale, IsLeased) switch
        {
            (true, true) => "stale, being refreshed",
            (true, false) => "stale",
            (false, true) => "being refreshed",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Server}  {Key}: {Value.Length} bytes, flags {Flags}, {time}{(state.Length == 0 ? "" : ", ")}{state}");
    }
}
