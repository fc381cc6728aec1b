using TypedCache.Keys;

namespace TypedCache.Hosting;

/// <summary>What becomes of a whole key before its server is chosen.</summary>
public enum TypedCacheKeyTransformer
{
    /// <summary><see cref="KeyTransformer.None"/>.</summary>
    None = 0,

    /// <summary><see cref="KeyTransformer.EnyimSha1"/>.</summary>
    EnyimSha1,

    /// <summary><see cref="KeyTransformer.EnyimTigerHash"/>.</summary>
    EnyimTigerHash,

    /// <summary><see cref="KeyTransformer.EnyimBase64"/>.</summary>
    EnyimBase64,
}
