using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>The pollers that this system has.</summary>
public static class Pollers
{
    private const string EpollName = "epoll";
    private const string SelectName = "select";

    public static TheoryData<string> All => OperatingSystem.IsLinux() ? [EpollName, SelectName] : [SelectName];

    internal static Poller Create(string kind) => kind == EpollName ? new EpollPoller() : new SelectPoller();

    internal static ReplyLoop CreateLoop(string kind) => new("memcached test", () => Create(kind));
}
