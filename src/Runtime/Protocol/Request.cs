using System.Text;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Protocol;

/// <summary>What a server is asked. Whoever asks writes it; the protocols only read it.</summary>
internal sealed class Request
{
    private readonly byte[] _key = new byte[CacheKeyWriter.MaxLength];
    private int _keyLength;

    public Verb Verb { get; private set; }

    /// <summary>The key; empty for a multi-get and for what concerns a server as a whole.</summary>
    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <summary>What the key, or the keys, are called in telemetry; null: nothing.</summary>
    public KeyTemplate? Template { get; private set; }

    /// <summary>The key as messages may show it.</summary>
    public ReadOnlySpan<byte> ShownKey => KeyTemplate.Show(Template, Key);

    /// <summary>The keys of a multi-get; null for everything else.</summary>
    public KeyList? Keys { get; init; }

    /// <summary>Goes with the request and comes back with its reply, so that a stream out of step is detected.</summary>
    public uint Opaque { get; set; }

    /// <summary>The token of one key of a batch, where each key is answered by itself. What comes in another order than it was asked for has another one.</summary>
    /// <param name="key">Which one.</param>
    public uint OpaqueOf(int key) => unchecked(Opaque + (uint)key);

    /// <summary>The value to store, or what goes over the wire as it is: the question of a handshake, the deletes of a replay.</summary>
    public PayloadBuffer Payload { get; } = new();

    /// <summary>What follows the name of a command to a server: a statistics group, a delay in seconds.</summary>
    public string Argument { get; init; } = "";

    /// <summary>The flags of the value to store.</summary>
    public uint Flags { get; set; }

    /// <summary>The expiry that is asked for, in the form of the wire; 0 is never.</summary>
    public long Expiry { get; set; }

    /// <summary>The longest time that anything may live on the server to which the request goes; null: there is no limit.</summary>
    public ExpiryLimit? Limit { get; set; }

    /// <summary>The expiry as it goes on the wire; 0 is never.</summary>
    public long WireExpiry => Limit is null ? Expiry : Limit.Apply(Expiry);

    /// <summary>The CAS number to compare with; 0: none.</summary>
    public ulong Cas { get; set; }

    /// <summary>
    /// The newest connection to the server that may carry the request, because of the CAS number: over a newer one a server might answer
    /// that has been restarted since it gave the number.
    /// </summary>
    public int NewestConnection { get; set; } = int.MaxValue;

    /// <summary>Whether the read goes on to another server if there is no value.</summary>
    public bool LooksTwice { get; set; }

    /// <summary>Whether a read that may win a lease asks how much time the value has left.</summary>
    public bool WantsTimeLeft { get; set; }

    /// <summary>Whether the reply has to include the CAS number.</summary>
    public bool WantsCas { get; set; }

    /// <summary>Whether the CAS number is asked for: with <see cref="WantsCas"/>, and where a read is for nothing without it.</summary>
    public bool AsksForCas => WantsCas || Verb == Verb.GetNear;

    /// <summary>A read wins the refresh of a value that has fewer seconds left to live; 0: it never does.</summary>
    public uint RefreshWithin { get; set; }

    /// <summary>For how many seconds a read leaves a placeholder if there is no value.</summary>
    public uint LeaseSeconds { get; set; }

    /// <summary>By how much a counter changes.</summary>
    public ulong Delta { get; set; }

    /// <summary>What a missing counter is created with; null: it is not created.</summary>
    public ulong? Initial { get; set; }

    /// <summary>
    /// Whether what the request changes is removed where it does not arrive: a missing item is safe, and an unchanged one is not.
    /// </summary>
    public bool IsRemovedOnFailure { get; set; }

    /// <summary>What is asked, for messages: in the words of the caller, with the key or how many keys there are.</summary>
    public string Description
    {
        get
        {
            var name = Verb switch
            {
                Verb.GetNear => "Get",
                Verb.GetBatch or Verb.GetNearBatch => "GetMany",
                Verb.InspectItem => "GetItemInfo",
                Verb.GetOrLease or Verb.Release => "GetOrCreate",
                Verb.GetOrLeaseBatch => "GetOrCreateMany",
                _ => Verb.ToString(),
            };
            return Keys is { } keys ? $"{name} of {keys.Count} {(keys.Count == 1 ? "key" : "keys")}"
                : _keyLength > 0 ? $"{name} '{Encoding.UTF8.GetString(ShownKey)}'"
                : Argument.Length > 0 ? $"{name} '{Argument}'"
                : name;
        }
    }

    /// <summary>
    /// Says what is asked, and of which key. Whatever is sent has its key from here or from a <see cref="KeyList"/>, so it is checked here
    /// and there, and nowhere else.
    /// </summary>
    /// <exception cref="CacheKeyException">The key is not valid.</exception>
    public void Begin(Verb verb, ReadOnlySpan<byte> key, uint opaque, KeyTemplate? template = null)
    {
        if (!key.IsEmpty || WireProtocol.HasKey(verb))
        {
            CacheKeyWriter.Validate(key, KeyTemplate.Cover(template));
        }

        Verb = verb;
        Template = template;
        key.CopyTo(_key);
        _keyLength = key.Length;
        Opaque = opaque;
    }

    /// <summary>Forgets all but the key, for the next use.</summary>
    public void Clear()
    {
        Keys?.Clear();
        Payload.Clear();
        Flags = 0;
        Expiry = 0;
        Limit = null;
        Cas = 0;
        NewestConnection = int.MaxValue;
        WantsCas = false;
        LooksTwice = false;
        WantsTimeLeft = false;
        RefreshWithin = 0;
        LeaseSeconds = 0;
        Delta = 0;
        Initial = null;
        IsRemovedOnFailure = false;
    }
}
