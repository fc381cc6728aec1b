using System.Globalization;
using System.Text;
using TypedCache.Protocol;

namespace TypedCache.Transport;

/// <summary>What is said on a new connection before anybody may use it: who we are, and what the server is.</summary>
/// <param name="server">The server's name, for messages.</param>
/// <param name="credentials">The user, where the server asks for one.</param>
/// <param name="silenceHint">What to do about a server which does not answer.</param>
internal sealed class Handshake(string server, MemcachedCredentials? credentials, string silenceHint)
{
    private const string Unauthenticated = "CLIENT_ERROR unauthenticated";

    // In the past, and beyond what is read as relative: a server which asks for no password drops at once what it takes for a value.
    private const long AlreadyExpired = CacheExpiry.MaxRelativeSeconds + 1;

    /// <summary>Logs in, and asks for the version.</summary>
    /// <exception cref="MemcachedConnectionException">The server refuses us, or cannot be used; the message says what mends it.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public async Task<Version> RunAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        if (credentials is not null)
        {
            await LogInAsync(connection, credentials, cancellationToken).ConfigureAwait(false);
        }

        var answer = await AskAsync(connection, "version\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false) ?? throw HungUp();
        if (answer == Unauthenticated)
        {
            throw Refused($"it asks for a user and a password. Set {nameof(MemcachedPoolOptions)}.{nameof(MemcachedPoolOptions.Credentials)}.");
        }

        return ServerVersion.Parse(server, answer);
    }

    // Not pipelined with the question for the version: a refusal and its answer would come as one line.
    private async Task LogInAsync(ServerConnection connection, MemcachedCredentials user, CancellationToken cancellationToken)
    {
        var token = $"{user.User} {user.Password}";
        var length = Encoding.UTF8.GetByteCount(token);
        var request = string.Create(CultureInfo.InvariantCulture, $"set login 0 {AlreadyExpired} {length}\r\n{token}\r\n");
        var answer = await AskAsync(connection, Encoding.UTF8.GetBytes(request), cancellationToken).ConfigureAwait(false) ?? throw HungUp();
        if (answer != "STORED")
        {
            throw Refused(
                $"it refused the user '{user.User}' or the password ('{answer}'). Compare {nameof(MemcachedPoolOptions)}.{nameof(MemcachedPoolOptions.Credentials)} with the server's password file (its option -Y).");
        }
    }

    private MemcachedConnectionException HungUp() => Refused($"it accepted the connection and closed it without an answer. {silenceHint}");

    private MemcachedConnectionException Refused(string reason) => new(reason) { Server = server };

    // Null when the server closed the connection instead of answering.
    private static async Task<string?> AskAsync(ServerConnection connection, byte[] question, CancellationToken cancellationToken)
    {
        var operation = new HandshakeOperation(question) { Deadline = long.MaxValue };
        operation.Begin(Verb.Handshake, default);
        operation.ObserveCancellation(cancellationToken);
        var answer = operation.AsLine();
        if (connection.TrySend(operation) != SendOutcome.Queued)
        {
            operation.Fail(new MemcachedConnectionException());
        }

        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (MemcachedConnectionException)
        {
            return null;
        }
    }
}
