using Microsoft.Extensions.Logging;

namespace TypedCache.Tests.Telemetry;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogProbe : ILoggerFactory
{
    private readonly List<Entry> _entries = [];

    /// <summary>What was logged, in order.</summary>
    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>What was logged with an id.</summary>
    public IReadOnlyList<Entry> Of(int id) => [.. Entries.Where(entry => entry.Id.Id == id)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private void Add(Entry entry)
    {
        lock (_entries)
        {
            _entries.Add(entry);
        }
    }

    /// <summary>One line.</summary>
    internal sealed record Entry(string Category, LogLevel Level, EventId Id, string Message);

    private sealed class Logger(LogProbe probe, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            probe.Add(new Entry(category, logLevel, eventId, formatter(state, exception)));
    }
}
