using System.Diagnostics;
using System.Globalization;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.Telemetry;

/// <summary>One server of a pool in metrics, traces and logs.</summary>
internal sealed class ServerTelemetry
{
    private const int UsualPort = 11211;

    // In the place of an exception's name.
    private const string Sick = "sick";

    private readonly PoolTelemetry _pool;
    private readonly string _name;
    private readonly string _address;
    private readonly object? _port;
    private long _failedAt;

    /// <summary>Makes one.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="name">The server, as <c>host:port</c>.</param>
    /// <param name="address">Its host, or the path of its socket.</param>
    /// <param name="port">Its port; 0 where it has none.</param>
    public ServerTelemetry(PoolTelemetry pool, string name, string address, int port)
    {
        _pool = pool;
        _name = name;
        _address = address;
        _port = port is 0 or UsualPort ? null : port;
        PoolName = pool.Name ?? name;
        Identity = $"{address} {port.ToString(CultureInfo.InvariantCulture)}";
        var tags = new TagList { CommonTags.System };
        AddTo(ref tags);
        Tags = tags;
    }

    /// <summary>Tells servers apart, whichever pools they are in.</summary>
    public string Identity { get; }

    /// <summary>What its pool is called.</summary>
    public string PoolName { get; }

    /// <summary>What its pool is called, as an attribute.</summary>
    public KeyValuePair<string, object?> PoolTag => new(Attributes.ConnectionPoolName, PoolName);

    /// <summary>What all measurements of the server have.</summary>
    public TagList Tags { get; }

    /// <summary>The bytes to it and from it.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>What the server has said of itself; null before it has, and when it did not answer.</summary>
    public ServerStatistics? Statistics { get; set; }

    /// <summary>What the server has said of itself, for somebody who collects it: it is asked again, if it is time.</summary>
    public ServerStatistics? CollectStatistics()
    {
        _pool.CollectStatistics();
        return Statistics;
    }

    /// <summary>Adds the server to the attributes of a measurement.</summary>
    public void AddTo(ref TagList tags)
    {
        tags.Add(Attributes.ServerAddress, _address);
        if (_port is not null)
        {
            tags.Add(Attributes.ServerPort, _port);
        }
    }

    /// <summary>Adds the server to a span.</summary>
    public void Describe(Activity span)
    {
        span.SetTag(Attributes.ServerAddress, _address);
        if (_port is not null)
        {
            span.SetTag(Attributes.ServerPort, _port);
        }
    }

    /// <summary>A connection is ready.</summary>
    /// <param name="elapsed">How long that took.</param>
    /// <param name="protocol">What is spoken over it.</param>
    /// <param name="security">How it is encrypted.</param>
    public void Connected(TimeSpan elapsed, string protocol, string security)
    {
        Instruments.ConnectionCreateTime.Record(elapsed.TotalSeconds, OfPool());
        _pool.Log(log => LogMessages.Connected(log, _name, protocol, security));
    }

    /// <summary>A connection could not be opened in time.</summary>
    public void TimedOut() => Instruments.ConnectionTimeouts.Add(1, OfPool());

    /// <summary>The server has failed, and had not before.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="nextAttempt">When it is tried again; null: not by itself.</param>
    /// <param name="isSick">Whether it could be reached, and was taken out because calls failed.</param>
    public void Failed(Exception failure, TimeSpan? nextAttempt, bool isSick = false)
    {
        Volatile.Write(ref _failedAt, _pool.Now);
        _pool.Report(() => CountFailure(isSick ? Sick : CommonTags.ErrorType(failure.InnerException ?? failure)));
        _pool.Log(log => LogMessages.ServerFailed(log, _name, failure.Message, Show(nextAttempt)));
    }

    /// <summary>The server is sick and stays in use, because too many others are not.</summary>
    /// <param name="reason">What is wrong with it.</param>
    public void IsKeptSick(string reason) => _pool.Log(log => LogMessages.ServerIsKeptSick(log, _name, reason));

    /// <summary>The server can be used again.</summary>
    public void IsBack(Version? version)
    {
        var duration = _pool.Since(Volatile.Read(ref _failedAt));
        _pool.Log(log => LogMessages.ServerIsBack(log, _name, duration, version?.ToString() ?? "unknown"));
    }

    /// <summary>A connection was closed, because what it brought did not fit to what was asked.</summary>
    public void WasOutOfStep() => _pool.Log(log => LogMessages.OutOfStep(log, _name));

    /// <summary>An operation went to this server, although its key belongs to another one.</summary>
    public void TookOver() => Instruments.FailoverOperations.Add(1, Tags);

    /// <summary>The first of what the server misses has been noted.</summary>
    public void MissesDeletes() => _pool.Log(log => LogMessages.MissesDeletes(log, _name));

    /// <summary>Some of what the server had missed has been carried out.</summary>
    /// <param name="count">For how many keys.</param>
    /// <param name="refused">For how many of them the server has refused it.</param>
    public void CarriedOutMissedDeletes(int count, int refused)
    {
        Instruments.MissedDeletesReplayed.Add(count - refused, Tags);
        Instruments.MissedDeletesDropped.Add(refused, Tags);
    }

    /// <summary>The server has caught up with all that it had missed.</summary>
    /// <param name="count">How many keys that were.</param>
    public void CaughtUp(int count) => _pool.Log(log => LogMessages.CaughtUp(log, _name, count));

    /// <summary>What the server misses is not noted any more.</summary>
    /// <param name="count">For how many keys.</param>
    /// <param name="isFirst">Whether it is the first since the server was last there.</param>
    /// <param name="isFlushed">Whether all of its values are removed when it is back.</param>
    public void DroppedMissedDeletes(int count, bool isFirst, bool isFlushed)
    {
        Instruments.MissedDeletesDropped.Add(count, Tags);
        if (isFirst)
        {
            var consequence = isFlushed ? "All of its values are removed before it is used again." : "When it is back, it may show values that were deleted or replaced meanwhile.";
            _pool.Log(log => LogMessages.MissedDeletesDropped(log, _name, consequence));
        }
    }

    /// <summary>The server takes no values of such a length.</summary>
    public void Refused(KeyTemplate? template, long length) => _pool.IsTooLarge(template, length);

    private static string Show(TimeSpan? delay) =>
        delay is { } time ? $"{time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms" : "never";

    private void CountFailure(string errorType)
    {
        var tags = Tags;
        tags.Add(Attributes.ErrorType, errorType);
        Instruments.ServerFailures.Add(1, tags);
    }

    private TagList OfPool()
    {
        var tags = Tags;
        tags.Add(PoolTag);
        return tags;
    }
}
