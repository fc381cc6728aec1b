using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public sealed class PollerTests
{
    [Theory]
    [MemberData(nameof(Pollers.All), MemberType = typeof(Pollers))]
    public void A_poller_that_was_woken_before_does_not_wait(string kind)
    {
        using var poller = Pollers.Create(kind);
        List<ReadyConnection> ready = [];
        for (var round = 0; round < 1000; round++)
        {
            poller.Wake();
            poller.Wait(ready, Poller.Forever);
        }

        Assert.Empty(ready);
    }

    // The system gives the numbers of closed descriptors to the next files: what a late caller writes must not end there.
    [Theory]
    [MemberData(nameof(Pollers.All), MemberType = typeof(Pollers))]
    public void Waking_a_poller_that_has_ended_writes_into_nobody_elses_file(string kind)
    {
        for (var round = 0; round < 50; round++)
        {
            var poller = Pollers.Create(kind);
            poller.Dispose();
            var files = Enumerable.Range(0, 8).Select(_ => OpenTemporaryFile()).ToList();

            poller.Wake();

            Assert.All(files, file => Assert.Equal(0, file.Length));
            files.ForEach(file => file.Dispose());
        }
    }

    private static FileStream OpenTemporaryFile() =>
        new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
}
