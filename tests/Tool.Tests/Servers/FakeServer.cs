using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Tool.Tests.Servers;

/// <summary>A server that answers commands as a test wants it to, and the rest as memcached would as far as a pool needs it.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly CancellationTokenSource _end = new();

    /// <summary>Starts one.</summary>
    /// <param name="answer">The answer to a command; empty: none, and the connection is closed; null: what memcached answers.</param>
    public FakeServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                while (await reader.ReadLineAsync(_end.Token) is { } command)
                {
                    var answer = _answer(command) ?? Usual(command);
                    if (answer.Length == 0)
                    {
                        return;
                    }

                    await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), _end.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
            {
            }
        }
    }

    private static string Usual(string command) => command.Split(' ')[0] switch
    {
        "version" => "VERSION 1.6.18\r\n",
        "mn" => "MN\r\n",
        "stats" => "STAT time 1000000\r\nSTAT curr_items 3\r\nEND\r\n",
        _ => "ERROR\r\n",
    };
}
