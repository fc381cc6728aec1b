using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.Telemetry;

/// <summary>What one pool tells: metrics and spans of its calls, and logs of what changes.</summary>
internal sealed class PoolTelemetry
{
    private readonly ReportQueue _reports = new();
    private readonly OncePerMinute _unreadable;
    private readonly OncePerMinute _refused;
    private readonly OncePerMinute _differing;
    private readonly TimeProvider _time;
    private readonly bool _showsKeys;
    private readonly ILogger? _log;
    private readonly ILogger? _creationLog;

    /// <summary>Tells nothing but what is counted and timed for all pools.</summary>
    public static readonly PoolTelemetry Silent = new(new MemcachedTelemetryOptions(), loggers: null, TimeProvider.System);

    /// <summary>Makes one.</summary>
    /// <param name="options">What is told.</param>
    /// <param name="loggers">Makes the loggers; null: nothing is logged.</param>
    /// <param name="time">The clock.</param>
    public PoolTelemetry(MemcachedTelemetryOptions options, ILoggerFactory? loggers, TimeProvider time)
    {
        _time = time;
        _unreadable = new OncePerMinute(time);
        _refused = new OncePerMinute(time);
        _differing = new OncePerMinute(time);
        _showsKeys = options.KeyText;
        _log = loggers?.CreateLogger(TypedCacheTelemetry.PoolLogCategory);
        _creationLog = loggers?.CreateLogger(TypedCacheTelemetry.CreationLogCategory);
        RecordsSizes = options.Sizes;
        Name = options.PoolName;
    }

    /// <summary>What the application calls the pool, if it calls it anything.</summary>
    public string? Name { get; }

    /// <summary>Whether sizes are recorded.</summary>
    public bool RecordsSizes { get; }

    /// <summary>The servers whose state instruments show.</summary>
    public IReadOnlyList<IObservedServer> Servers { get; set; } = [];

    /// <summary>What the pool keeps in this process; null: there is nothing that could.</summary>
    public IObservedNearCache? Near { get; set; }

    /// <summary>Which list of servers the pool uses.</summary>
    public long TopologyVersion { get; set; } = 1;

    /// <summary>Asks the servers for their statistics; null: they are not wanted.</summary>
    public StatisticsPoll? Statistics { get; set; }

    /// <summary>The time, as <see cref="TimeProvider.GetTimestamp"/> tells it. An application's clock that fails says 0.</summary>
    public long Now
    {
        get
        {
            try
            {
                return _time.GetTimestamp();
            }
            catch (Exception)
            {
                return 0;
            }
        }
    }

    /// <summary>Whether anybody listens to near hits of one key. What does is a field or two each.</summary>
    public static bool HearsOfHits =>
        Instruments.OperationDuration.IsEnabled || Instruments.Requests.IsEnabled || Instruments.NearRequests.IsEnabled || Spans.Calls.HasListeners();

    private static bool IsAnybodyListening =>
        Instruments.OperationDuration.IsEnabled || Instruments.Requests.IsEnabled || Instruments.Keys.IsEnabled || Spans.Calls.HasListeners();

    /// <summary>How much time has passed.</summary>
    /// <param name="since">What <see cref="Now"/> was.</param>
    public TimeSpan Since(long since)
    {
        var now = Now;
        return now == 0 || since == 0 ? TimeSpan.Zero : _time.GetElapsedTime(since, now);
    }

    /// <summary>Begins a call, on the caller's thread and before anything is sent.</summary>
    /// <param name="kind">What the caller asks for.</param>
    /// <param name="template">What the keys are.</param>
    /// <param name="key">The key; empty for a batch.</param>
    public CallRecord Begin(CallKind kind, KeyTemplate? template, ReadOnlySpan<byte> key = default) =>
        IsAnybodyListening ? BeginHeard(kind, template, key) : default;

    /// <summary>Records how many keys a batch has.</summary>
    public void RecordBatch(KeyTemplate? template, int keys)
    {
        if (RecordsSizes && Instruments.BatchSize.IsEnabled)
        {
            Instruments.BatchSize.Record(keys, CommonTags.Of(template));
        }
    }

    /// <summary>Records how long a value is.</summary>
    /// <param name="template">What its key is.</param>
    /// <param name="length">The length as it is stored, in bytes.</param>
    /// <param name="isCompressed">Whether it is compressed.</param>
    /// <param name="isSent">Whether it goes to a server; else it comes from one.</param>
    public void RecordValue(KeyTemplate? template, long length, bool isCompressed, bool isSent)
    {
        if (RecordsSizes && Instruments.ValueSize.IsEnabled)
        {
            var tags = CommonTags.Of(template);
            tags.Add(Attributes.IoDirection, isSent ? "transmit" : "receive");
            tags.Add(Attributes.Compressed, isCompressed);
            Instruments.ValueSize.Record(length, tags);
        }
    }

    /// <summary>Keys were looked for in the near cache.</summary>
    /// <param name="template">What the keys are.</param>
    /// <param name="outcome">How their values came.</param>
    /// <param name="keys">How many they are.</param>
    public static void CountNear(KeyTemplate? template, NearOutcome outcome, int keys = 1)
    {
        if (Instruments.NearRequests.IsEnabled)
        {
            var tags = CommonTags.Of(template);
            tags.Add(Attributes.Result, NearOutcomes.NameOf(outcome));
            Instruments.NearRequests.Add(keys, tags);
        }
    }

    /// <summary>A stored value could not be read.</summary>
    /// <param name="template">What its key is.</param>
    /// <param name="type">What it was to be read as.</param>
    /// <param name="flags">Its flags.</param>
    public void CouldNotRead(KeyTemplate? template, string type, uint flags)
    {
        Instruments.Undecodable.Add(1, CommonTags.Of(template));
        if (_log is not null && _unreadable.IsDue(template))
        {
            Log(log => LogMessages.CannotBeRead(log, Shown(template), type, flags));
        }
    }

    /// <summary>A move of keys to other servers goes on.</summary>
    public void MoveGoesOn(string phase, long version) => Log(log => LogMessages.MoveGoesOn(log, version, phase));

    /// <summary>A server takes no values of such a length.</summary>
    public void IsTooLarge(KeyTemplate? template, long length)
    {
        if (_log is not null && _refused.IsDue(template))
        {
            Log(log => LogMessages.TooLarge(log, Shown(template), length));
        }
    }

    /// <summary>A stored value is not what its create function gives.</summary>
    public void Differs(KeyTemplate? template, TimeSpan? age)
    {
        if (_creationLog is not null && _differing.IsDue(template))
        {
            LogCreation(log => LogMessages.Differs(log, Shown(template), age?.ToString() ?? "an unknown time"));
        }
    }

    /// <summary>The pool has got other servers, or their order or weights have changed.</summary>
    /// <param name="version">Which list it is.</param>
    /// <param name="added">The names of the servers that there were not before.</param>
    /// <param name="removed">Those of the servers that there are no more.</param>
    /// <param name="movedShare">Finds which share of the keys has another server now.</param>
    public void ServersChanged(long version, string[] added, string[] removed, Func<double> movedShare) => Log(log =>
    {
        if (log.IsEnabled(LogLevel.Information))
        {
            LogMessages.ServersChanged(log, version, Listed(added), Listed(removed), 100 * movedShare());
        }
    });

    /// <summary>Somebody collects the statistics of servers: they are asked again, if it is time. It does not throw.</summary>
    public void CollectStatistics()
    {
        try
        {
            if (Statistics is { } statistics && statistics.IsDue())
            {
                Report(statistics.Ask);
            }
        }
        catch (Exception)
        {
            // An application's clock fails.
        }
    }

    /// <summary>Has something done away from whoever found it: a logger may take its time. All is done in order.</summary>
    public void Report(Action report) => _reports.Add(report);

    /// <summary>Logs something that concerns a server, a connection or a value, if there is a log.</summary>
    public void Log(Action<ILogger> write) => Log(_log, write);

    /// <summary>Logs something that concerns a creation, if there is a log.</summary>
    public void LogCreation(Action<ILogger> write) => Log(_creationLog, write);

    /// <summary>A template as logs show it.</summary>
    public static string Shown(KeyTemplate? template) => template?.Text ?? "a key without template";

    // A line with a thousand names would tell nobody more.
    private static string Listed(string[] names)
    {
        const int Most = 10;
        return names.Length == 0 ? "none"
            : names.Length <= Most ? string.Join(", ", names)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names, 0, Most)} and {names.Length - Most} more");
    }

    private void Log(ILogger? log, Action<ILogger> write)
    {
        if (log is not null)
        {
            Report(() => write(log));
        }
    }

    private CallRecord BeginHeard(CallKind kind, KeyTemplate? template, ReadOnlySpan<byte> key)
    {
        var name = CallName.Of(kind, template);
        return new CallRecord(name, Spans.Calls.HasListeners() ? StartSpan(name, key) : null);
    }

    private Activity? StartSpan(CallName name, ReadOnlySpan<byte> key)
    {
        var tags = name.SpanTags;
        if (_showsKeys && !key.IsEmpty)
        {
            tags = [.. tags, new(Attributes.QueryText, $"{name.OperationName} {Encoding.UTF8.GetString(KeyTemplate.Show(name.Template, key))}")];
        }

        return Spans.StartApart(Spans.Calls, name.Summary, ActivityKind.Client, tags);
    }
}
