namespace TypedCache.Transport;

/// <summary>What has to be done before a server that was away may take requests again.</summary>
internal interface IHomecoming
{
    /// <summary>
    /// Does it, over a connection that is ready and that nobody else may use yet, on a thread that may block; then lets the server arrive.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isCancelled">Whether nobody wants the connection any more.</param>
    /// <param name="expect">
    /// Lets requests wait for the server from now on, instead of going elsewhere. Called once the server has shown that it catches up, so that
    /// requests cannot give it more to do than it gets done.
    /// </param>
    /// <param name="arrive">Opens the connection to everybody. Called at a moment when nothing is left to do, and nothing can come up.</param>
    /// <exception cref="MemcachedException">It failed. What is left is still to be done.</exception>
    /// <exception cref="TimeoutException">It took too long. What is left is still to be done.</exception>
    void Welcome(ServerConnection connection, Func<bool> isCancelled, Action expect, Action arrive);

    /// <summary>Lets the server arrive if there is nothing to do.</summary>
    /// <param name="arrive">As for <see cref="Welcome"/>.</param>
    /// <returns>Whether it has.</returns>
    bool TryArrive(Action arrive);
}
