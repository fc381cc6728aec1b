namespace TypedCache.Embedded;

/// <summary>A connection as its server sees it.</summary>
internal interface IEmbeddedConnection
{
    /// <summary>Hangs up from the server's side, from any thread.</summary>
    void HangUp();
}
