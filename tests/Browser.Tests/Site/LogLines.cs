using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedCache.Browser.Tests;

/// <summary>Keeps what is logged.</summary>
public sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Of(string category) => _lines.Where(line => line.StartsWith(category + ":", StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Logger(_lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category}: {eventId.Id} {formatter(state, exception)} {exception?.Message}");
    }
}
