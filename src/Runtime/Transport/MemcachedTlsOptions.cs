using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TypedCache.Transport;

namespace TypedCache;

/// <summary>How a pool talks to servers over TLS (memcached's option <c>-Z</c>, since 1.5.13).</summary>
/// <remarks>Unix domain sockets are never encrypted: memcached speaks TLS on TCP only.</remarks>
public sealed class MemcachedTlsOptions
{
    private const SslProtocols Allowed = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>
    /// The certificates of the authorities that the servers' certificates have to come from. Empty, the default: those that
    /// the machine trusts.
    /// </summary>
    public X509Certificate2Collection TrustedAuthorities { get; init; } = [];

    /// <summary>
    /// The certificate, with its private key, by which the servers know this client (memcached's option <c>ssl_verify_mode</c>).
    /// Default: none.
    /// </summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>The name that the servers' certificates have to be for. Default: each server's own host.</summary>
    public string? TargetHost { get; set; }

    /// <summary>
    /// Whether a server's certificate has to be for its host. Default: true. Without it, whoever has any certificate of a
    /// trusted authority can pose as the server.
    /// </summary>
    public bool CheckHostName { get; set; } = true;

    /// <summary>The versions that may be used: TLS 1.2, TLS 1.3, or both, the default.</summary>
    public SslProtocols Protocols { get; set; } = Allowed;

    /// <summary>
    /// Creates what opens TLS channels over sockets. Nothing else names it, so that a native program that creates no such options
    /// has no TLS in it.
    /// </summary>
    internal ChannelConnector Secure(SocketConnector sockets, string host) => new TlsConnector(sockets, host, this);

    /// <summary>What later changes of these options do not reach.</summary>
    internal MemcachedTlsOptions Copy() => new()
    {
        TrustedAuthorities = [.. TrustedAuthorities],
        ClientCertificate = ClientCertificate,
        TargetHost = TargetHost,
        CheckHostName = CheckHostName,
        Protocols = Protocols,
    };

    internal void Validate()
    {
        if (Protocols == SslProtocols.None || (Protocols & ~Allowed) != SslProtocols.None)
        {
            throw new ArgumentException(
                $"{nameof(MemcachedTlsOptions)}.{nameof(Protocols)} is {Protocols}: only TLS 1.2 and TLS 1.3 are safe to use.");
        }

        if (ClientCertificate is { HasPrivateKey: false })
        {
            throw new ArgumentException(
                $"{nameof(MemcachedTlsOptions)}.{nameof(ClientCertificate)} has no private key. Load it with X509Certificate2.CreateFromPemFile or X509CertificateLoader.LoadPkcs12FromFile.");
        }
    }
}
