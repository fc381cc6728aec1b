using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedCache.Hosting.Tests.Testing;

/// <summary>Remembers what is logged.</summary>
internal sealed class MemoryLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, EventId Id, string Message)> _entries = new();

    public IEnumerable<(string Category, LogLevel Level, EventId Id, string Message)> All => _entries;

    /// <summary>The events of the package.</summary>
    public IEnumerable<(LogLevel Level, int Id, string Message)> OfHosting =>
        _entries.Where(static entry => entry.Category == "TypedCache.Hosting").Select(static entry => (entry.Level, entry.Id.Id, entry.Message));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<(string, LogLevel, EventId, string)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((category, logLevel, eventId, $"{formatter(state, exception)}{exception}"));
    }
}
