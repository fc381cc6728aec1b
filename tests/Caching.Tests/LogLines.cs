using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedCache.Caching.Tests;

/// <summary>Keeps what is logged.</summary>
public sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string? Event, string Text)> _lines = new();

    /// <summary>The texts of a level and above.</summary>
    public IReadOnlyList<string> Of(LogLevel level) => [.. _lines.Where(line => line.Level >= level).Select(line => line.Text)];

    /// <summary>How often an event was logged.</summary>
    public int Count(string name) => _lines.Count(line => line.Event == name);

    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines._lines.Enqueue((logLevel, eventId.Name, formatter(state, exception)));
    }
}
