using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TypedCache.Hosting;

/// <summary>The certificates that settings name by their files.</summary>
internal static class CertificateFiles
{
    /// <summary>The files that are not there.</summary>
    public static IEnumerable<string> FindMissing(TypedCacheTlsSettings settings) => settings.TrustedAuthorityFiles
        .Append(settings.ClientCertificateFile)
        .Append(settings.ClientKeyFile)
        .OfType<string>()
        .Where(static file => file.Length > 0 && !File.Exists(file));

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidOperationException">A file cannot be read; the message names it.</exception>
    public static MemcachedTlsOptions Load(TypedCacheTlsSettings settings)
    {
        var options = new MemcachedTlsOptions { TargetHost = settings.TargetHost, CheckHostName = settings.CheckHostName };
        foreach (var file in settings.TrustedAuthorityFiles)
        {
            Read(file, options.TrustedAuthorities.ImportFromPemFile);
        }

        if (settings.ClientCertificateFile is { Length: > 0 } certificate)
        {
            Read(certificate, file => options.ClientCertificate = X509Certificate2.CreateFromPemFile(file, settings.ClientKeyFile));
        }

        return options;
    }

    private static void Read(string file, Action<string> read)
    {
        try
        {
            read(file);
        }
        catch (Exception mistake) when (mistake is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The certificate file '{file}' cannot be read: {mistake.Message}", mistake);
        }
    }
}
