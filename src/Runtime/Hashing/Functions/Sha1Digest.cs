using System.Security.Cryptography;

namespace TypedCache.Hashing;

/// <summary>A SHA-1, which spreads keys and protects nothing.</summary>
internal static class Sha1Digest
{
    /// <summary>How long a digest is, in bytes.</summary>
    public const int Size = SHA1.HashSizeInBytes;

    /// <summary>Digests bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="digest">Takes the digest: <see cref="Size"/> bytes.</param>
#pragma warning disable CA5350 // The clients that are imitated use it.
    public static void Compute(ReadOnlySpan<byte> bytes, Span<byte> digest) => SHA1.HashData(bytes, digest);
#pragma warning restore CA5350
}
