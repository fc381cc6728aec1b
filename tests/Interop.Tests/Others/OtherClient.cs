namespace TypedCache.Interop.Tests.Others;

/// <summary>A process with a client of another language, connected to the servers of a test.</summary>
public sealed class OtherClient : ClientProcess
{
    private OtherClient(OtherSetup setup, IEnumerable<MemcachedServerOptions> servers)
        : base(setup.Library, setup.Program.CreateStart(), setup.Library, servers, setup.Options, setup.Program.Remedy)
    {
    }

    /// <summary>Starts the client; the calling test is skipped, or fails, where the language or the library is missing.</summary>
    public static OtherClient Start(OtherSetup setup, IEnumerable<MemcachedServerOptions> servers) => new(setup, servers);
}
