namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>Reads in a loop which is compiled for each cache by itself, so that what is measured is the call and not the way to it.</summary>
/// <typeparam name="TCall">The call.</typeparam>
/// <typeparam name="T">What it gives.</typeparam>
internal sealed class SpeedContender<TCall, T>(string name, TCall call, IDisposable? cache = null) : ISpeedContender
    where TCall : struct, ISpeedCall<T>
{
    public string Name => name;

    public async Task<int> ReadAsync(int[] ids, int operations)
    {
        var synchronous = 0;
        for (int i = 0, next = 0; i < operations; i++)
        {
            var id = ids[next];
            next = next + 1 < ids.Length ? next + 1 : 0;
            var read = call.ReadAsync(id);
            synchronous += read.IsCompletedSuccessfully ? 1 : 0;
            if (call.IdOf(await read) != id)
            {
                throw new InvalidOperationException($"{name} gave another product than {id}.");
            }
        }

        return synchronous;
    }

    public void Dispose() => cache?.Dispose();
}
