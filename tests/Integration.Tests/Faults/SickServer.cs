using System.Collections.Concurrent;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>An empty server that answers what it is asked, unless the test gives another answer.</summary>
internal sealed class SickServer : IDisposable
{
    public const string OutOfMemory = "SERVER_ERROR out of memory storing object";

    private readonly ConcurrentDictionary<ScriptedConnection, bool> _dripping = [];
    private readonly ScriptedServer _server;

    public SickServer() => _server = new ScriptedServer(AnswerAsync);

    /// <summary>What it answers in the place of the right answer; null: that.</summary>
    public Func<ScriptedRequest, string?> Refuse { get; set; } = static _ => null;

    /// <summary>Which requests it begins to answer and never ends, a byte at a time, so that those behind them wait.</summary>
    public Func<ScriptedRequest, bool> Drips { get; set; } = static _ => false;

    /// <summary>At which requests it hangs up.</summary>
    public Func<ScriptedRequest, bool> HangsUp { get; set; } = static _ => false;

    /// <summary>What it has been asked.</summary>
    public ConcurrentQueue<ScriptedRequest> Requests { get; } = [];

    public int Port => _server.Port;

    public string Address => _server.Address;

    /// <summary>How many connections have been accepted.</summary>
    public int Accepted => _server.Accepted;

    /// <summary>Answers everything from now on.</summary>
    public void Heal() => (Refuse, Drips, HangsUp) = (static _ => null, static _ => false, static _ => false);

    /// <summary>How many requests for a key there have been.</summary>
    public int Count(string key) => Requests.Count(request => request.Words[1] == key);

    public void Dispose() => _server.Dispose();

    private async Task AnswerAsync(ScriptedConnection connection, ScriptedRequest request)
    {
        Requests.Enqueue(request);
        if (HangsUp(request))
        {
            connection.Dispose();
        }
        else if (_dripping.ContainsKey(connection))
        {
            // Its turn never comes.
        }
        else if (Drips(request))
        {
            _dripping[connection] = true;
            _ = DripAsync(connection, request);
        }
        else
        {
            await connection.SendAsync($"{Refuse(request) ?? AnswerOf(request)}\r\n");
        }
    }

    private static async Task DripAsync(ScriptedConnection connection, ScriptedRequest request)
    {
        try
        {
            await connection.SendAsync($"VA 1000000 f0 {request.Opaque}\r\n");
            while (true)
            {
                await connection.SendAsync("x");
                await Task.Delay(5);
            }
        }
        catch (Exception exception) when (exception is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // Nobody waits for it any more.
        }
    }

    private static string AnswerOf(ScriptedRequest request)
    {
        var code = request.Words[0] switch
        {
            "ms" => "HD",
            "mg" => "EN",
            _ => "NF",
        };
        return request.Opaque.Length == 0 ? code : $"{code} {request.Opaque}";
    }
}
