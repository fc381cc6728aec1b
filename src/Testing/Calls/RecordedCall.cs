using System.Globalization;

namespace TypedCache.Testing;

/// <summary>One key that a server was asked about. A batch has as many calls as keys.</summary>
public sealed record RecordedCall
{
    internal RecordedCall()
    {
    }

    /// <summary>The server, as <c>host:port</c>.</summary>
    public required string Server { get; init; }

    /// <summary>What was asked.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>The key, with the prefix of its pool; empty where there is none.</summary>
    public required string Key { get; init; }

    /// <summary>How it was answered.</summary>
    public required CallAnswer Answer { get; init; }

    /// <summary>The bytes of the value that was found, or was to be stored; 0 without one.</summary>
    public int Bytes { get; init; }

    /// <summary>The flags of the value that was found.</summary>
    public uint Flags { get; init; }

    /// <summary>Whether the value that was found is stale.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether the caller is the one in the whole fleet who creates the value.</summary>
    public bool HasWonLease { get; init; }

    /// <summary>Whether another caller of the fleet creates the value.</summary>
    public bool IsLeaseTaken { get; init; }

    /// <summary>The scripted fault that it has met, in words; null: none.</summary>
    public string? Fault { get; init; }

    /// <summary>When the server was asked, on the cluster's clock, counted from its start.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>The request as it was sent, without the value.</summary>
    public required string Request { get; init; }

    internal string? Refusal { get; init; }

    internal string TimeText => Time.ToString(Time.Days == 0 ? @"hh\:mm\:ss\.fff" : @"d\.hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);

    internal string KindText => Kind.ToString().ToLowerInvariant();

    /// <summary>The call in one line, as in the messages of failed expectations.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{TimeText}  {Server}  {KindText} {(Key.Length == 0 ? Request : Key)}: {AnswerText()}");

    /// <summary>The answer in words.</summary>
    internal string AnswerText() => Fault is null ? PlainAnswer() : Answer == CallAnswer.Lost ? Fault : $"{PlainAnswer()} ({Fault})";

    private string PlainAnswer() => Answer switch
    {
        CallAnswer.Hit => string.Create(CultureInfo.InvariantCulture, $"{(IsStale ? "stale hit" : "hit")}, {Bytes} bytes{Lease()}"),
        CallAnswer.Miss => $"miss{Lease()}",
        CallAnswer.NotStored => "not stored",
        CallAnswer.Changed => "refused, the key has changed since it was read",
        CallAnswer.NotFound => "not found",
        CallAnswer.Refused => Refusal ?? "refused",
        CallAnswer.Lost => "lost",
        _ => IsStore(Kind) ? string.Create(CultureInfo.InvariantCulture, $"stored, {Bytes} bytes") : "done",
    };

    private string Lease() => HasWonLease ? ", lease won" : IsLeaseTaken ? ", another has the lease" : "";

    internal static bool IsStore(CallKind kind) =>
        kind is CallKind.Set or CallKind.Add or CallKind.Replace or CallKind.Append or CallKind.Prepend or CallKind.CompareAndSet;
}
