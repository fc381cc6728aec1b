using Microsoft.Extensions.Time.Testing;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public sealed class LimitClockTests
{
    [Fact]
    public void The_clock_of_the_system_is_known_by_whatever_name()
    {
        Assert.True(LimitClock.System.IsSystem);
        Assert.True(new LimitClock(TimeProvider.System).IsSystem);
        Assert.False(new LimitClock(new FakeTimeProvider()).IsSystem);
    }
}
