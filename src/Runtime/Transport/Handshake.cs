using System.Globalization;
using System.Text;
using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>What is said on a new connection before anybody may use it: who we are, and what the server is.</summary>
/// <param name="server">The server's name, for messages.</param>
/// <param name="protocol">Which protocol is to be spoken.</param>
/// <param name="silenceHint">What to do about a server that does not answer.</param>
/// <param name="asked">Called with each question that has been sent: somebody has to look after its answer.</param>
internal sealed class Handshake(
    string server, MemcachedProtocol protocol, string silenceHint, Action asked)
{
    /// <summary>A key that nobody stores: a proxy passes the question for it on.</summary>
    public static ReadOnlySpan<byte> UnstoredKey => "typedcache:handshake"u8;

    private const string Unauthenticated = "CLIENT_ERROR unauthenticated";

    // In the past, and beyond what is read as relative: a server that asks for no password drops at once what it takes for a value.
    private const long AlreadyExpired = CacheExpiry.MaxRelativeSeconds + 1;

    /// <summary>Logs in, and finds out what the server is.</summary>
    /// <returns>Null when the server hung up at a question, as proxies do: see <see cref="RunWithProxy"/>.</returns>
    /// <exception cref="MemcachedConnectionException">The server refuses us, or cannot be used; the message says how to fix it.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public ServerProfile? Run(ServerConnection connection, MemcachedCredentials? credentials, ConnectDeadline deadline)
    {
        LogIn(connection, credentials, deadline);
        var answer = Ask(connection, "version\r\n"u8.ToArray(), deadline);
        if (answer is null)
        {
            return protocol == MemcachedProtocol.Meta ? throw HungUp() : null;
        }

        var version = ReadVersion(answer);
        if (protocol == MemcachedProtocol.Meta)
        {
            return ServerVersion.SpeaksMeta(version) ? Meta(version!) : throw Refused(
                $"it answered '{answer}', and the meta protocol needs memcached 1.6.10 or newer. Update the server, or set {PublicNames.Protocol} to {nameof(MemcachedProtocol.Classic)}.");
        }

        return TellProxy(connection, version, deadline);
    }

    /// <summary>Logs in, and asks what every proxy knows: a read of a key that nobody stores.</summary>
    /// <exception cref="MemcachedConnectionException">It is no proxy either.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public ServerProfile RunWithProxy(ServerConnection connection, MemcachedCredentials? credentials, ConnectDeadline deadline)
    {
        LogIn(connection, credentials, deadline);
        var answer = Ask(connection, [.. "get "u8, .. UnstoredKey, .. "\r\n"u8], deadline) ?? throw HungUp();
        ThrowIfFull(answer);
        return answer == "END"
            ? new ServerProfile(new ClassicProtocol(server, isProxy: true), null)
            : throw Refused($"it answered '{answer}' to a read of a key which is not there.");
    }

    // A proxy may pass the question for the version on to a server, and then hang up at what that server would know.
    private ServerProfile? TellProxy(ServerConnection connection, Version? version, ConnectDeadline deadline)
    {
        var noOperation = Ask(connection, "mn\r\n"u8.ToArray(), deadline);
        if (noOperation is null)
        {
            return null;
        }

        var speaksMeta = noOperation == "MN" && ServerVersion.SpeaksMeta(version);
        return speaksMeta && protocol == MemcachedProtocol.Auto
            ? Meta(version!)
            : new ServerProfile(new ClassicProtocol(server, isProxy: version is null), version);
    }

    private static ServerProfile Meta(Version version) =>
        new(
            ServerVersion.ComparesCas(version) ? MetaProtocol.Comparing
                : ServerVersion.EchoesOpaque(version) ? MetaProtocol.Verified
                : MetaProtocol.Unverified,
            version);

    private Version? ReadVersion(string answer)
    {
        ThrowIfFull(answer);
        if (answer == Unauthenticated)
        {
            throw Refused($"it asks for a user and a password. Set {PublicNames.Credentials}.");
        }

        var isMemcached = answer.StartsWith("VERSION", StringComparison.Ordinal) || answer.EndsWith("ERROR", StringComparison.Ordinal)
            || answer.StartsWith("CLIENT_ERROR ", StringComparison.Ordinal) || answer.StartsWith("SERVER_ERROR ", StringComparison.Ordinal);
        return isMemcached ? ServerVersion.Parse(answer) : throw Refused($"it answered '{answer}', which no memcached does.");
    }

    // Not pipelined with the question for the version: a refusal and its answer would come as one line.
    private void LogIn(ServerConnection connection, MemcachedCredentials? credentials, ConnectDeadline deadline)
    {
        if (credentials is null)
        {
            return;
        }

        var token = $"{credentials.User} {credentials.Password}";
        var length = Encoding.UTF8.GetByteCount(token);
        var request = string.Create(CultureInfo.InvariantCulture, $"set login 0 {AlreadyExpired} {length}\r\n{token}\r\n");
        var answer = Ask(connection, Encoding.UTF8.GetBytes(request), deadline) ?? throw HungUp();
        ThrowIfFull(answer);
        if (answer != "STORED")
        {
            throw Refused(
                $"it refused the user '{credentials.User}' or the password ('{answer}'). Compare {PublicNames.Credentials} with the server's password file (its option -Y).");
        }
    }

    // Said before any question, and then the server hangs up (memcached.c, maxconns_fast).
    private void ThrowIfFull(string answer)
    {
        if (answer.EndsWith(" Too many open connections", StringComparison.Ordinal))
        {
            throw Refused($"it has as many connections as it allows. {ConnectionLimit.Fix}");
        }
    }

    /// <summary>The exception for a server that hangs up at questions that it has answered before.</summary>
    public MemcachedConnectionException HungUp() => Refused($"it accepted the connection and closed it without an answer. {silenceHint}");

    private MemcachedConnectionException Refused(string reason) => new(reason) { Server = server };

    // Null when the server closed the connection instead of answering.
    private string? Ask(ServerConnection connection, byte[] question, ConnectDeadline deadline)
    {
        var operation = new HandshakeOperation(question) { Deadline = long.MaxValue };
        if (connection.TrySend(operation) != SendOutcome.Queued)
        {
            return null;
        }

        asked();
        try
        {
            return operation.WaitForLine(deadline);
        }
        catch (MemcachedConnectionException)
        {
            return null;
        }
    }
}
