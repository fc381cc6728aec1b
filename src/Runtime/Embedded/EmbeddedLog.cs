using System.Globalization;
using System.Text;

namespace TypedCache.Embedded;

/// <summary>Writes what a connection asks and how it is answered, in the way of <c>memcached -vv</c>.</summary>
/// <param name="write">Takes each line.</param>
/// <param name="connection">The number of the connection.</param>
internal sealed class EmbeddedLog(Action<string> write, long connection)
{
    // As long as a command may be that is not a get.
    private const int MaxBytes = 2048;

    public void Opened() => write(string.Create(CultureInfo.InvariantCulture, $"<{connection} new connection"));

    public void Closed() => write(string.Create(CultureInfo.InvariantCulture, $"<{connection} connection closed"));

    public void Asked(ReadOnlySpan<byte> command) => Write('<', command);

    /// <summary>Writes the first line of an answer: a value is not shown.</summary>
    public void Answered(ReadOnlySpan<byte> reply)
    {
        var end = reply.IndexOf("\r\n"u8);
        if (end >= 0)
        {
            Write('>', reply[..end]);
        }
    }

    private void Write(char direction, ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{direction}{connection} ");
        foreach (var value in bytes[..Math.Min(bytes.Length, MaxBytes)])
        {
            _ = value is >= 0x20 and < 0x7F and not (byte)'\\'
                ? text.Append((char)value)
                : text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        }

        write(text.ToString());
    }
}
