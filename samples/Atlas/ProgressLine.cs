using System.Globalization;

namespace Atlas;

/// <summary>A line of a terminal that says what is being done, until it is done.</summary>
/// <remarks>It has a thread of its own: SQLite keeps those of the thread pool busy for as long as a round takes.</remarks>
internal sealed class ProgressLine : IDisposable
{
    private const int PerSecond = 5;
    private const int Width = 79;

    private readonly TextWriter _terminal;
    private readonly Func<string> _text;
    private readonly ManualResetEventSlim _done = new();
    private readonly Thread _thread;

    /// <summary>Shows the line.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="text">What it says now.</param>
    public ProgressLine(TextWriter terminal, Func<string> text)
    {
        (_terminal, _text) = (terminal, text);
        _thread = new Thread(Show) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Removes the line; the next one takes its place.</summary>
    public void Dispose()
    {
        _done.Set();
        _thread.Join();
        _done.Dispose();
    }

    private void Show()
    {
        do
        {
            var text = _text();
            _terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r{(text.Length > Width ? text[..Width] : text),-Width}\r"));
        }
        while (!_done.Wait(TimeSpan.FromSeconds(1.0 / PerSecond)));
        _terminal.Write($"{new string(' ', Width)}\r");
    }
}
