using System.Collections.Concurrent;

namespace TypedCache.Tests.Transport;

/// <summary>Does on a thread of its own, a little later, what would else happen at once.</summary>
internal sealed class RandomMoments : IDisposable
{
    private readonly BlockingCollection<Action> _due = [];
    private readonly Random _random;
    private readonly Thread _thread;

    public RandomMoments(int seed)
    {
        _random = new Random(seed);
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public void Later(Action action)
    {
        if (!_due.IsAddingCompleted)
        {
            _due.Add(action);
        }
    }

    public void Dispose()
    {
        _due.CompleteAdding();
        _thread.Join();
        _due.Dispose();
    }

    private void Run()
    {
        foreach (var action in _due.GetConsumingEnumerable())
        {
            switch (_random.Next(50))
            {
                case 0:
                    Thread.Sleep(1);
                    break;
                case < 20:
                    Thread.Yield();
                    break;
                case < 40:
                    Thread.SpinWait(_random.Next(2000));
                    break;
            }

            action();
        }
    }
}
