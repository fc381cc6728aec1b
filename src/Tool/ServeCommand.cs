using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Spectre.Console;
using TypedCache.Embedded;
using TypedCache.Tool.Output;

namespace TypedCache.Tool;

/// <summary><c>typedcache serve</c>: servers like memcached in this process, until it is told to end.</summary>
/// <param name="console">Where the addresses are shown.</param>
/// <param name="errors">Where the log goes, and why no server has started.</param>
internal sealed class ServeCommand(IAnsiConsole console, ErrorStream errors)
{
    private readonly ServeOptions _options = new();

    public Command Create()
    {
        var command = new Command("serve", "Runs servers that answer like memcached, for development and tests, until Ctrl+C or SIGTERM.");
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var servers = new List<EmbeddedServer>();
        try
        {
            foreach (var endPoint in _options.EndPoints(parsed))
            {
                var server = new EmbeddedServer(_options.ServerOptions(parsed, endPoint, errors.WriteLine));
                servers.Add(server);
                if (!TryListen(server, endPoint))
                {
                    return ToolCommand.Failed;
                }
            }

            await UntilCancelledAsync(cancellationToken);
            return 0;
        }
        finally
        {
            await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        }
    }

    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using (cancellationToken.UnsafeRegister(_ => cancelled.TrySetResult(), state: null))
        {
            await cancelled.Task;
        }
    }

    private bool TryListen(EmbeddedServer server, EndPoint endPoint)
    {
        try
        {
            // Not by the console, which would break long lines: this one is read by programs.
            console.Profile.Out.Writer.WriteLine($"listening on {Listen(server, endPoint)}");
            console.Profile.Out.Writer.Flush();
            return true;
        }
        catch (SocketException refused)
        {
            errors.WriteLine(Message(endPoint, refused));
            return false;
        }
    }

    private static string Listen(EmbeddedServer server, EndPoint endPoint)
    {
        if (endPoint is IPEndPoint address)
        {
            return server.Listen(address).ToString();
        }

        var socket = (UnixDomainSocketEndPoint)endPoint;
        server.Listen(socket);
        return $"unix:{socket}";
    }

    private static string Message(EndPoint endPoint, SocketException refused) => refused.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse when endPoint is IPEndPoint => $"{endPoint} is in use. Choose another --port, or 0 for any free one.",
        SocketError.AddressAlreadyInUse => $"{endPoint} exists already. Remove it if no server uses it any more, or choose another path.",
        SocketError.AddressNotAvailable => $"{endPoint} is not an address of this machine.",
        _ => $"Cannot listen on {endPoint}: {refused.Message}",
    };
}
