using System.Diagnostics;

namespace TypedCache.Tool.Output;

/// <summary>
/// Says on the error stream how far long work is: on one line that is overwritten where that is a terminal, else on a line of its own now and
/// then. Work that is done soon says nothing.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan EveryInLogs = TimeSpan.FromSeconds(10);

    private readonly TextWriter _errors;
    private readonly bool _isTerminal;
    private readonly Func<string> _describe;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private int _shown;
    private bool _ended;

    /// <summary>Begins.</summary>
    /// <param name="errors">The error stream.</param>
    /// <param name="isTerminal">Whether it is a terminal.</param>
    /// <param name="describe">Says how far the work is, in fewer than 80 characters. It is called on another thread.</param>
    public ProgressLine(TextWriter errors, bool isTerminal, Func<string> describe)
    {
        (_errors, _isTerminal, _describe) = (errors, isTerminal, describe);
        var every = isTerminal ? Every : EveryInLogs;
        _timer = new Timer(_ => Show(), null, every, every);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            if (_shown > 0)
            {
                _errors.Write($"\r{new string(' ', _shown)}\r");
                _errors.Flush();
            }
        }

        _timer.Dispose();
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            var text = _describe();
            if (_isTerminal)
            {
                _errors.Write($"\r{text.PadRight(_shown)}");
                _errors.Flush();
                _shown = text.Length;
            }
            else
            {
                _errors.WriteLine(text);
            }
        }
    }
}
