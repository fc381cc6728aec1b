namespace TypedCache.Cluster.Tests.Model;

/// <summary>
/// A cluster of empty servers with one client: the product's pool, or the simulator's model of it. A further rule of the model is compared
/// by a member here that both carry out, and a step in <see cref="ClientModelTests"/>.
/// </summary>
internal interface IComparedCluster : IAsyncDisposable
{
    /// <summary>Gets a value, or creates it.</summary>
    Task ReadAsync(int rank);

    /// <summary>Gets a value for several callers at once, and says how often it was created.</summary>
    Task<int> ReadTogetherAsync(int rank, int callers);

    /// <summary>Gets a value that is deleted while it is being created.</summary>
    Task ReadWhileDeletedAsync(int rank);

    Task DeleteAsync(int rank);

    /// <summary>Takes servers out of use as if they had failed.</summary>
    void Fail(params int[] servers);

    /// <summary>Lets failed servers be used again, and waits until they are; they hold what they held, less the deletes that they have missed.</summary>
    Task ReturnAsync(params int[] servers);

    /// <summary>Uses the servers with these numbers from now on.</summary>
    Task ChangeServersAsync(IReadOnlyList<int> servers);

    /// <summary>What each server has been asked to do so far, by its number.</summary>
    Task<IReadOnlyDictionary<int, ServerTraffic>> ReadTrafficAsync();
}
