using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Which of many sockets have something to read. Linux on x64: elsewhere the kernel lays out its events in another way.</summary>
internal sealed partial class Epoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int AddInterest = 1;
    private const uint Readable = 1;
    private readonly int _descriptor = Checked(Create(CloseOnExec));
    private readonly Event[] _events;

    public Epoll(IReadOnlyList<Socket> sockets)
    {
        _events = new Event[sockets.Count];
        for (var index = 0; index < sockets.Count; index++)
        {
            var interest = new Event { Events = Readable, Data = (ulong)index };
            Checked(Control(_descriptor, AddInterest, (int)sockets[index].Handle, ref interest));
        }
    }

    /// <summary>Waits until there is something to read.</summary>
    /// <returns>How many sockets have something.</returns>
    public int Wait() => Checked(Wait(_descriptor, _events, _events.Length, -1));

    /// <summary>The position of one of the sockets which the last wait has found.</summary>
    public int Ready(int position) => (int)_events[position].Data;

    public void Dispose() => _ = Close(_descriptor);

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int descriptor, int operation, int socket, ref Event interest);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int descriptor, [Out] Event[] events, int count, int timeout);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Event
    {
        public uint Events;
        public ulong Data;
    }
}
