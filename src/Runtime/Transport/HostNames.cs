using System.Net;

namespace TypedCache.Transport;

/// <summary>Resolves host names on a thread that may be left behind: the system's resolver cannot be interrupted.</summary>
internal static class HostNames
{
    /// <summary>Gives the addresses of a host.</summary>
    /// <param name="host">The name.</param>
    /// <param name="resolve">Asks the system.</param>
    /// <param name="deadline">Until when.</param>
    /// <exception cref="TimeoutException">The resolver took too long.</exception>
    public static IPAddress[] Resolve(string host, Func<string, IPAddress[]> resolve, ConnectDeadline deadline)
    {
        var answer = new Answer();
        BackgroundThread.Start($"memcached resolves {host}", () => answer.Set(host, resolve));
        deadline.Wait(answer.Wait);
        return answer.Result;
    }

    private sealed class Answer
    {
        private readonly object _gate = new();
        private IPAddress[]? _addresses;
        private Exception? _failure;

        public IPAddress[] Result => _failure is null ? _addresses! : throw _failure;

        private bool IsThere => _addresses is not null || _failure is not null;

        public bool Wait(TimeSpan time)
        {
            lock (_gate)
            {
                return IsThere || (Monitor.Wait(_gate, time) && IsThere);
            }
        }

        public void Set(string host, Func<string, IPAddress[]> resolve)
        {
            IPAddress[]? addresses = null;
            Exception? failure = null;
            try
            {
                addresses = resolve(host);
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            lock (_gate)
            {
                (_addresses, _failure) = (addresses, failure);
                Monitor.PulseAll(_gate);
            }
        }
    }
}
