using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace TypedCache.Transport;

/// <summary>Opens TLS streams to one server, and says what is wrong with its certificate.</summary>
/// <param name="sockets">Opens the sockets below.</param>
/// <param name="host">The host that the certificate has to be for.</param>
/// <param name="options">The settings.</param>
internal sealed class TlsConnector(SocketConnector sockets, string host, MemcachedTlsOptions options) : ChannelConnector
{
    private readonly string _host = options.TargetHost ?? host;

    // Under TLS 1.3 a server refuses a missing certificate only after the handshake, by closing the connection.
    public override string SilenceHint =>
        $"If it asks for a certificate, set {PublicNames.Tls}.{nameof(MemcachedTlsOptions.ClientCertificate)} to one which it accepts. If it has reached its connection limit: {ConnectionLimit.Fix}";

    public override string Security => "TLS";

    public override void Prefer(IPAddress? address) => sockets.Prefer(address);

    public override ByteChannel Open(ConnectDeadline deadline)
    {
        var socket = sockets.Connect(deadline);
        var transport = new TlsTransport(socket);
        var stream = new SslStream(transport);
        try
        {
            transport.BeginHandshake(deadline);
            Authenticate(stream);
            transport.EndHandshake();
            return new TlsChannel(socket, transport, stream);
        }
        catch
        {
            // Another machine may have the address by now: the next attempt asks for that of the name.
            sockets.Prefer(null);
            stream.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private void Authenticate(SslStream stream)
    {
        var found = SslPolicyErrors.None;
        string? outOfDate = null;
        try
        {
            stream.AuthenticateAsClient(Settings((chain, errors) => (found, outOfDate) = (errors, OutOfDate(chain))));
        }
        catch (AuthenticationException exception)
        {
            throw new MemcachedConnectionException(Explain(found, outOfDate, exception), exception);
        }
        catch (IOException exception)
        {
            throw new MemcachedConnectionException(NoTls($"it broke off the TLS handshake ({exception.Message})"), exception);
        }
        catch (TimeoutException exception)
        {
            throw new MemcachedConnectionException(NoTls("it did not answer the TLS handshake within the connect timeout"), exception);
        }
    }

    private SslClientAuthenticationOptions Settings(Action<X509Chain?, SslPolicyErrors> report) => new()
    {
        TargetHost = _host,
        EnabledSslProtocols = options.Protocols,
        ClientCertificates = options.ClientCertificate is { } certificate ? [certificate] : null,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = (_, _, chain, errors) =>
        {
            var relevant = options.CheckHostName ? errors : errors & ~SslPolicyErrors.RemoteCertificateNameMismatch;
            report(chain, relevant);
            return relevant == SslPolicyErrors.None;
        },
    };

    // Null: the machine's authorities.
    private X509ChainPolicy? Policy()
    {
        if (options.TrustedAuthorities.Count == 0)
        {
            return null;
        }

        // A private authority seldom publishes revocations, and asking for them would take longer than a cache may.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(options.TrustedAuthorities);
        return policy;
    }

    // The chain lives only as long as the callback.
    private static string? OutOfDate(X509Chain? chain)
    {
        if (chain is null)
        {
            return null;
        }

        foreach (var element in chain.ChainElements)
        {
            foreach (var status in element.ChainElementStatus)
            {
                if (status.Status == X509ChainStatusFlags.NotTimeValid)
                {
                    return Validity(element.Certificate);
                }
            }
        }

        return null;
    }

    private static string Validity(X509Certificate2 certificate)
    {
        var (start, end) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return DateTime.UtcNow < start
            ? string.Create(CultureInfo.InvariantCulture, $"the certificate '{certificate.Subject}' is valid only from {start:u} on. Compare the clocks of both machines.")
            : string.Create(CultureInfo.InvariantCulture, $"the certificate '{certificate.Subject}' expired at {end:u}. Renew it, and let the server load the new one: by its command refresh_certs, or a restart.");
    }

    private string Explain(SslPolicyErrors errors, string? outOfDate, AuthenticationException exception)
    {
        if (outOfDate is not null && errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return outOfDate;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"its certificate is not for '{_host}'. Connect by a name which the certificate has, or set {PublicNames.Tls}.{nameof(MemcachedTlsOptions.TargetHost)} to one.";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? $"its certificate is not trusted ({exception.Message.TrimEnd('.')}). Add the certificate of its authority to {PublicNames.Tls}.{nameof(MemcachedTlsOptions.TrustedAuthorities)}."
            : NoTls($"the TLS handshake failed ({exception.Message.TrimEnd('.')})");
    }

    private static string NoTls(string what) =>
        $"{what}. If the server does not speak TLS on this port, take {PublicNames.Tls} away; if it asks for a certificate, set {nameof(MemcachedTlsOptions.ClientCertificate)}.";
}
