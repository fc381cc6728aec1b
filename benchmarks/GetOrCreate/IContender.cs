namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>One cache, as it is set up for one of the measurements.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Reads the value of a number, or has it created.</summary>
    ValueTask<string> GetOrCreateAsync(int id);
}
