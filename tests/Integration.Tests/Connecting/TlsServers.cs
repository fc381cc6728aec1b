using System.Security.Cryptography.X509Certificates;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Connecting;

/// <summary>Starts memcached with TLS, with certificates of an authority of its own.</summary>
internal sealed class TlsServers : IDisposable
{
    private readonly PublicFolder _folder = new();

    /// <summary>Who has issued the servers' certificates.</summary>
    public TestAuthority Authority { get; } = new();

    /// <summary>Starts a server with a certificate for a host.</summary>
    public MemcachedProcess Start(string host, params string[] options)
    {
        using var certificate = Authority.Issue(host);
        return Start(certificate, options);
    }

    /// <summary>Starts a server with a certificate.</summary>
    public MemcachedProcess Start(X509Certificate2 certificate, params string[] options)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        string[] all =
        [
            $"ssl_chain_cert={_folder.Write("server.pem", certificate.ExportCertificatePem())}",
            $"ssl_key={_folder.Write("server.key", key.ExportPkcs8PrivateKeyPem())}",
            .. options,
        ];
        return MemcachedProcess.Start("-Z", "-o", string.Join(',', all));
    }

    /// <summary>Writes the authority's certificate to a file that servers can read, and gives its path.</summary>
    public string WriteAuthority() => _folder.Write("ca.pem", Authority.Certificate.ExportCertificatePem());

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Dispose();
    }
}
