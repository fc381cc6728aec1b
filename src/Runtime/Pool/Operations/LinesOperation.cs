using System.Threading.Tasks.Sources;
using TypedCache.Protocol;

namespace TypedCache.Pool.Operations;

/// <summary>A command to one server whose reply is text: version, stats, flush.</summary>
internal sealed class LinesOperation : RoutedOperation, IValueTaskSource<IReadOnlyList<string>>
{
    private readonly LinesReply _reply;

    /// <summary>Creates the operation.</summary>
    /// <param name="argument">What follows the command's name: a statistics group, a delay in seconds.</param>
    public LinesOperation(string argument = "")
        : this(argument, new LinesReply())
    {
    }

    private LinesOperation(string argument, LinesReply reply)
        : base(new Request { Argument = argument }, reply) => _reply = reply;

    public ValueTask<IReadOnlyList<string>> AsLines() => new(this, Version);

    IReadOnlyList<string> IValueTaskSource<IReadOnlyList<string>>.GetResult(short token)
    {
        CheckToken(token);
        try
        {
            HasReply(token);
            return _reply.Lines;
        }
        finally
        {
            Release();
        }
    }

    // Rare, and its lines are the caller's: not worth a pool.
    protected override void Recycle()
    {
    }
}
