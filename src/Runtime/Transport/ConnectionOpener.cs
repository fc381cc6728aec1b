using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport.Health;

namespace TypedCache.Transport;

/// <summary>Opens connections to one server, up to where they can be used: channel, login, version, protocol. It blocks.</summary>
/// <param name="owner">Who hears of the end of a connection.</param>
/// <param name="connector">Opens the channel.</param>
/// <param name="settings">How the server is spoken to, and for how long it may say nothing.</param>
/// <param name="loops">Read what it answers.</param>
/// <param name="numbers">Numbers the connections to the server.</param>
/// <param name="traffic">Counts the bytes.</param>
/// <param name="tally">Counts the calls, if anything does.</param>
/// <param name="asked">Called with each question that has been sent: somebody has to look after its answer.</param>
internal sealed class ConnectionOpener(
    IConnectionOwner owner, ChannelConnector connector, LinkSettings settings, ReplyLoops loops, ConnectionNumbers numbers, Traffic traffic, CallTally? tally, Action asked)
{
    // Proxies hang up at a question for the version, and so does a server that is being restarted.
    private const int HangUpsOfProxy = 2;

    private readonly Handshake _handshake = new(owner.Name, settings.Protocol, connector.SilenceHint, asked);

    /// <summary>How the bytes are encrypted, for people.</summary>
    public string Security => connector.Security;

    /// <summary>Opens one.</summary>
    /// <param name="isCancelled">Whether nobody wants it any more.</param>
    /// <param name="version">The version that the server reported; null if it reported none.</param>
    /// <exception cref="MemcachedConnectionException">The server cannot be reached or used.</exception>
    public ServerConnection Open(Func<bool> isCancelled, out Version? version)
    {
        while (true)
        {
            var credentials = settings.Credentials;
            try
            {
                return Open(credentials, isCancelled, out version);
            }
            catch (MemcachedConnectionException) when (!Equals(credentials, settings.Credentials))
            {
                // They may have been refused, and have been replaced meanwhile.
            }
        }
    }

    /// <summary>Says why the server cannot be reached.</summary>
    /// <param name="cause">What was thrown.</param>
    /// <param name="accepted">Whether there was a connection.</param>
    public MemcachedConnectionException Unreachable(Exception cause, bool accepted)
    {
        var limit = $"the connect timeout of {settings.ConnectTimeout.TotalMilliseconds:0} ms";
        var reason = (cause, accepted) switch
        {
            (TimeoutException, true) => $"it accepted the connection and then said nothing within {limit}. {connector.SilenceHint}",
            (TimeoutException, false) => $"it did not answer within {limit}.",
            _ => cause.Message,
        };

        // Its words are in this message; what it came from says more.
        var inner = cause is MemcachedConnectionException ? cause.InnerException : cause;
        return new MemcachedConnectionException($"{owner.Name} cannot be reached: {reason}", inner) { Server = owner.Name };
    }

    private ServerConnection Open(MemcachedCredentials? credentials, Func<bool> isCancelled, out Version? version)
    {
        var deadline = new ConnectDeadline(settings.ConnectTimeout, isCancelled);
        ServerConnection? connection = null;
        try
        {
            connection = Start(deadline);
            var profile = _handshake.Run(connection, credentials, deadline);
            for (var hangUps = 1; profile is null; hangUps++)
            {
                connection.Close(static () => new MemcachedConnectionException());
                connection = Start(deadline);
                profile = hangUps < HangUpsOfProxy ? _handshake.Run(connection, credentials, deadline)
                    : numbers.IsMemcached ? throw _handshake.HungUp()
                    : _handshake.RunWithProxy(connection, credentials, deadline);
            }

            numbers.IsMemcached |= profile.Protocol is MetaProtocol;
            version = profile.Version;
            connection.Protocol = profile.Protocol;
            connection.BecomeReady();
            return connection;
        }
        catch (Exception exception)
        {
            var failure = Unreachable(exception, accepted: connection is not null);
            connection?.Close(() => failure);
            throw failure;
        }
    }

    private ServerConnection Start(ConnectDeadline deadline)
    {
        var channel = connector.Open(deadline);
        try
        {
            var connection = new ServerConnection(channel, owner, settings.Limits, numbers) { Traffic = traffic, Tally = tally };
            loops.Add(connection);
            return connection;
        }
        catch
        {
            // No loop has it, so none will end it.
            channel.Dispose();
            throw;
        }
    }
}
