using System.Text;

namespace TypedCache.Tests.Transport;

/// <summary>
/// The other side of a line: takes requests in pieces of any length, and gives to each read the key as its value. Used by one thread
/// at a time.
/// </summary>
internal sealed class RandomServer
{
    private readonly StringBuilder _request = new();
    private readonly Queue<byte> _replies = new();

    /// <summary>How many bytes of replies have not been taken.</summary>
    public int Waiting => _replies.Count;

    /// <summary>Takes bytes of requests.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            _request.Append((char)one);
            if (one == '\n')
            {
                Answer(_request.ToString(0, _request.Length - 2));
                _request.Clear();
            }
        }
    }

    /// <summary>Gives bytes of replies.</summary>
    public int Give(Span<byte> target)
    {
        var count = Math.Min(target.Length, _replies.Count);
        for (var i = 0; i < count; i++)
        {
            target[i] = _replies.Dequeue();
        }

        return count;
    }

    private void Answer(string line)
    {
        var words = line.Split(' ');
        var reply = words[0] switch
        {
            "version" => "VERSION 1.6.18\r\n",
            "mn" => "MN\r\n",
            _ => $"VA {words[1].Length} f0 {Array.Find(words, word => word[0] == 'O')}\r\n{words[1]}\r\n",
        };
        Array.ForEach(Encoding.ASCII.GetBytes(reply), _replies.Enqueue);
    }
}
