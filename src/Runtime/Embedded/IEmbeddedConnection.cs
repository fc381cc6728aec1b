namespace TypedCache.Embedded;

/// <summary>A connection as its server sees it.</summary>
internal interface IEmbeddedConnection
{
    /// <summary>Closes the connection from the server's side, on any thread.</summary>
    void HangUp();
}
