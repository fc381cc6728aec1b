namespace TypedCache.Hosting;

/// <summary>How a pool talks to servers over TLS, with certificates from PEM files.</summary>
public sealed class TypedCacheTlsSettings
{
    /// <summary>Whether connections are encrypted. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// PEM files with the certificates of the authorities that the servers' certificates have to come from. Empty: those that the machine
    /// trusts. A named section replaces those of the common one.
    /// </summary>
    public IList<string> TrustedAuthorityFiles { get; } = [];

    /// <summary>The PEM file with the certificate by which the servers know this client.</summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>The PEM file with the client certificate's private key. Default: it is in <see cref="ClientCertificateFile"/>.</summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>The name that the servers' certificates have to be for. Default: each server's own host.</summary>
    public string? TargetHost { get; set; }

    /// <summary>Whether a server's certificate has to be for its host. Default: true.</summary>
    public bool CheckHostName { get; set; } = true;
}
