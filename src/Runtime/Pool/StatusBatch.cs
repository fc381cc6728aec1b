using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Pool;

/// <summary>
/// One operation on many keys, whose replies say only whether it succeeded. It is prepared as a whole before the first request is sent,
/// so that a key or a value that cannot be written ends it with nothing done.
/// </summary>
/// <remarks>
/// What is prepared is bytes in borrowed arrays and an entry for each key. Operations are taken from their pool a part at a time, while
/// those before them are answered: a batch neither overruns a connection's queue nor needs an operation for each of its keys.
/// </remarks>
/// <typeparam name="TItem">What the caller calls a key.</typeparam>
internal sealed class StatusBatch<TItem>(OperationSender sender, OperationRouter router, Redundancy redundancy, MovedReads reads, Verb verb, int expectedItems)
    where TItem : notnull
{
    // So many operations, or so many bytes, are sent before the first is awaited. A single one may have more.
    private const int MaxUnderWay = OperationStock.MaxCount;
    private const int MaxLengthUnderWay = 8 * 1024 * 1024;

    private readonly List<Entry> _entries = new(expectedItems);
    private readonly PreparedBytes _bytes = OperationPool<PreparedBytes>.Rent();
    private readonly Queue<ValueTask<CasResult>> _underWay = new();
    private long _bytesUnderWay;
    private long _length;
    private int _next;

    /// <summary>What the caller asks for.</summary>
    public CallKind Kind { get; init; }

    /// <summary>What the keys are called in telemetry.</summary>
    public KeyTemplate? Template { get; init; }

    /// <summary>Whether an operation ends as a miss, not with an exception, if no server can be reached.</summary>
    public bool MissOnFailure { get; init; }

    /// <summary>How many bytes keys and values may have together.</summary>
    public long MaxBytes { get; init; } = Array.MaxLength;

    /// <summary>How many bytes may wait for one server.</summary>
    public int MaxQueuedBytes { get; init; } = int.MaxValue;

    /// <summary>How many keys there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Where the value of the next key is written, before <see cref="Add"/>.</summary>
    public PayloadBuffer Value => _bytes.Value;

    private long MaxBytesUnderWay => Math.Min(MaxQueuedBytes, MaxLengthUnderWay);

    /// <summary>Adds a key, with what has been written into <see cref="Value"/>.</summary>
    /// <param name="item">What the caller calls the key.</param>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <param name="expiry">The expiry as it goes on the wire; 0 is never.</param>
    /// <param name="flags">The value's flags.</param>
    /// <param name="cas">The state to compare with; null: none.</param>
    /// <exception cref="ArgumentException">The batch is too large.</exception>
    public void Add(TItem item, ReadOnlySpan<byte> key, long expiry = 0, uint flags = 0, CasToken? cas = null)
    {
        _length += key.Length + Value.Length;
        if (_length > MaxBytes)
        {
            throw new ArgumentException($"The keys and values of the batch have more than {MaxBytes} bytes. Divide it into smaller ones.");
        }

        var text = _bytes.Text;
        var entry = new Entry
        {
            Item = item,
            Start = text.Length,
            KeyLength = (byte)key.Length,
            Length = Value.Length,
            Expiry = expiry,
            Flags = flags,
            Cas = cas,
        };
        text.Write(key);
        if (Value.TryGiveAway(out var value))
        {
            entry.Large = value.Array;
        }
        else
        {
            text.Write(Value.WrittenSpan);
            Value.Clear();
        }

        _entries.Add(entry);
    }

    /// <summary>A key as it goes over the wire.</summary>
    public ReadOnlySpan<byte> KeyOf(int position) => KeyOf(_entries[position]);

    /// <summary>Carries the batch out.</summary>
    /// <param name="cancellationToken">Ends the waiting, and the sending.</param>
    /// <remarks>If some of the operations fail, the others are still carried out; then a <see cref="BatchFailure"/> is thrown.</remarks>
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var record = sender.Telemetry.Begin(Kind, Template);
        sender.Telemetry.RecordBatch(Template, _entries.Count);
        _underWay.EnsureCapacity(Math.Min(_entries.Count, MaxUnderWay));
        BatchFailure? failure = null;
        var isEnded = false;
        for (var answered = 0; answered < _entries.Count; answered++)
        {
            if (!isEnded && SendMore(cancellationToken) is { } end)
            {
                isEnded = true;
                (failure ??= new BatchFailure(Template)).Add(end);
            }

            // Each is awaited even if an earlier one failed: an operation that nobody awaits never returns to its pool.
            if (!_underWay.TryDequeue(out var reply))
            {
                break;
            }

            try
            {
                var result = await reply.ConfigureAwait(false);
                CollectionsMarshal.AsSpan(_entries)[answered].Result = result;
            }
            catch (Exception exception)
            {
                (failure ??= new BatchFailure(Template)).Add(KeyOf(answered), exception);
            }

            _bytesUnderWay -= SizeOf(_entries[answered]);
        }

        Discard();
        if (failure?.ToException(_entries.Count) is { } thrown)
        {
            record.FailBatch(thrown, _entries.Count);
            ExceptionDispatchInfo.Throw(thrown);
        }

        if (record.IsActive)
        {
            record.EndBatch(CountResults());
        }
    }

    /// <summary>Carries the batch out and counts where it succeeded.</summary>
    /// <inheritdoc cref="RunAsync"/>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<int> CountAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken).ConfigureAwait(false);
        var count = 0;
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
        {
            count += entry.Result == CasResult.Stored ? 1 : 0;
        }

        return count;
    }

    /// <summary>Carries the batch out and tells where it succeeded.</summary>
    /// <inheritdoc cref="RunAsync"/>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<HashSet<TItem>> FindAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken).ConfigureAwait(false);
        var found = new HashSet<TItem>(_entries.Count);
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Result == CasResult.Stored)
            {
                found.Add(entry.Item);
            }
        }

        return found;
    }

    /// <summary>Carries the batch out and tells what has become of each key.</summary>
    /// <param name="results">Takes the results.</param>
    /// <param name="cancellationToken">Ends the waiting, and the sending.</param>
    /// <inheritdoc cref="RunAsync" path="/remarks"/>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<Dictionary<TItem, CasResult>> CompareAsync(Dictionary<TItem, CasResult> results, CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken).ConfigureAwait(false);
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
        {
            results[entry.Item] = entry.Result;
        }

        return results;
    }

    /// <summary>Gives back the memory of what has not been sent.</summary>
    public void Discard()
    {
        for (; _next < _entries.Count; _next++)
        {
            if (_entries[_next].Large is { } large)
            {
                ArrayPool<byte>.Shared.Return(large);
            }
        }

        _bytes.Return();
    }

    private KeyCounts CountResults()
    {
        var counts = default(KeyCounts);
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Result == CasResult.Stored)
            {
                counts.Successes++;
            }
            else if (verb == Verb.CompareAndSet && entry.Result == CasResult.Changed)
            {
                counts.Changed++;
            }
            else
            {
                counts.Failures++;
            }
        }

        return counts;
    }

    // More than the request needs.
    private static long SizeOf(in Entry entry) => entry.Length + RequestWriter.MaxLength;

    private ReadOnlySpan<byte> KeyOf(scoped in Entry entry) => _bytes.Text.WrittenSpan.Slice(entry.Start, entry.KeyLength);

    // Returns what ends the sending, if anything does. A part is worth a send of its own only where half of what may be under way has
    // been answered.
    private Exception? SendMore(CancellationToken cancellationToken)
    {
        if (_next == _entries.Count || _underWay.Count > MaxUnderWay / 2 || _bytesUnderWay > MaxBytesUnderWay / 2)
        {
            return null;
        }

        var sends = SendBatch.Begin();
        try
        {
            sender.ThrowIfClosed();
            cancellationToken.ThrowIfCancellationRequested();
            for (; _next < _entries.Count && HasRoomFor(_entries[_next]); _next++)
            {
                _bytesUnderWay += SizeOf(_entries[_next]);
                _underWay.Enqueue(Send(ref CollectionsMarshal.AsSpan(_entries)[_next], cancellationToken));
            }

            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            sends.End();
        }
    }

    private bool HasRoomFor(in Entry entry) =>
        _underWay.Count == 0 || (_underWay.Count < MaxUnderWay && _bytesUnderWay + SizeOf(entry) <= MaxBytesUnderWay);

    private ValueTask<CasResult> Send(ref Entry entry, CancellationToken cancellationToken)
    {
        var operation = OperationPool<StatusOperation>.Rent();
        operation.Begin(verb, KeyOf(entry), Template);
        MoveValue(ref entry, operation.Request.Payload);
        operation.Request.Flags = entry.Flags;
        operation.Request.Expiry = entry.Expiry;
        operation.Route.MissOnFailure = MissOnFailure;
        if (entry.Cas is { } cas)
        {
            operation.Compare(cas);
        }

        if (verb == Verb.Exists)
        {
            return reads.Exists(operation, router, cancellationToken);
        }

        var companions = redundancy.Send(operation, router, cancellationToken);
        return companions is null ? operation.AsCasResult()
            : verb == Verb.Delete ? AwaitRemovalAsync(operation, companions)
            : companions.AwaitAsync(operation.AsCasResult());
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<CasResult> AwaitRemovalAsync(StatusOperation operation, WriteCompanions companions) =>
        await companions.AwaitRemovalAsync(operation.AsBoolean()).ConfigureAwait(false) ? CasResult.Stored : CasResult.NotFound;

    private void MoveValue(ref Entry entry, PayloadBuffer payload)
    {
        if (entry.Large is { } large)
        {
            entry.Large = null;
            payload.Adopt(new ArraySegment<byte>(large, 0, entry.Length));
        }
        else
        {
            payload.Write(_bytes.Text.WrittenSpan.Slice(entry.Start + entry.KeyLength, entry.Length));
        }
    }

    /// <summary>What is prepared for one key: key and value behind each other in the text, or the value in an array of its own.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        public TItem Item;
        public int Start;
        public byte KeyLength;
        public int Length;
        public byte[]? Large;
        public long Expiry;
        public uint Flags;
        public CasToken? Cas;
        public CasResult Result;
    }
}
