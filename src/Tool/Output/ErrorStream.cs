namespace TypedCache.Tool.Output;

/// <summary>Where progress and what went wrong beside the result is told, so that the result can be piped on.</summary>
/// <param name="Writer">The stream.</param>
/// <param name="IsTerminal">Whether it is a terminal, where a line can be overwritten.</param>
internal sealed record ErrorStream(TextWriter Writer, bool IsTerminal)
{
    /// <summary>That of the process.</summary>
    public static ErrorStream OfProcess() => new(Console.Error, !Console.IsErrorRedirected);

    /// <summary>Tells a message, which can have in it what a server has sent.</summary>
    public void WriteLine(string message) => Writer.WriteLine(Shown.Printable(message));

    /// <summary>Tells how far long work is, until it is disposed of.</summary>
    /// <param name="describe">Says it, in fewer than 80 characters.</param>
    public ProgressLine ShowProgress(Func<string> describe) => new(Writer, IsTerminal, describe);
}
