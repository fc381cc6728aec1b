namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>The line of code with which a product is read from one of the caches.</summary>
/// <typeparam name="T">What it gives.</typeparam>
internal interface ISpeedCall<T>
{
    ValueTask<T> ReadAsync(int id);

    int IdOf(T product);
}
