using System.Text;
using System.Threading.Tasks.Sources;

namespace TypedCache.Protocol;

/// <summary>A command to one server whose reply is text: version, stats, flush.</summary>
internal sealed class LinesOperation : Operation, IValueTaskSource<IReadOnlyList<string>>
{
    // Far more than any statistics group has; a server which goes on is not to fill the memory.
    private const int MaxLines = 1_000_000;

    private List<string> _lines = [];

    /// <summary>What follows the command's name: a statistics group, a delay in seconds.</summary>
    public string Argument { get; set; } = "";

    public ValueTask<IReadOnlyList<string>> AsLines() => new(this, Version);

    public override void ReceiveLine(ReadOnlySpan<byte> line)
    {
        if (_lines.Count == MaxLines)
        {
            throw new FormatException($"the reply has more than {MaxLines} lines");
        }

        _lines.Add(Encoding.UTF8.GetString(line));
    }

    IReadOnlyList<string> IValueTaskSource<IReadOnlyList<string>>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            HasReply(token);
            return _lines;
        }
        finally
        {
            Release();
        }
    }

    // Rare, and its lines are the caller's: not worth a pool.
    protected override void Recycle() => _lines = [];
}
