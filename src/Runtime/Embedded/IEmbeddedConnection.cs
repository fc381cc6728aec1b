namespace TypedCache.Embedded;

/// <summary>A connection as its server sees it.</summary>
internal interface IEmbeddedConnection
{
    /// <summary>Whether commands are being carried out, or the client has not yet taken what was sent, as far as that can be known.</summary>
    bool IsBusy { get; }

    /// <summary>Whether the server has closed the connection, and the client has not done so yet, as far as that can be known.</summary>
    bool IsHangingUp { get; }

    /// <summary>Closes the connection from the server's side, on any thread.</summary>
    void HangUp();
}
