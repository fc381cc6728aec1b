using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public class PendingQueueTests
{
    [Fact]
    public void Operations_leave_in_the_order_in_which_they_came_however_the_ring_grows_and_wraps()
    {
        var queue = new PendingQueue();
        var expected = new List<Operation>();
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            for (var i = random.Next(round < 1000 ? 12 : 8); i > 0; i--)
            {
                var operation = new StatusOperation();
                queue.Enqueue(operation);
                expected.Add(operation);
            }

            var skip = random.Next(expected.Count + 1);
            var window = new Operation[8];
            var peeked = queue.Peek(skip, window);
            Assert.Equal(expected.Skip(skip).Take(8), window[..peeked]);

            var taken = random.Next(Math.Min(10, expected.Count) + 1);
            queue.Remove(taken);
            expected.RemoveRange(0, taken);
            Assert.Equal(expected.Count, queue.Count);
            if (expected.Count > 0)
            {
                Assert.Same(expected[^1], queue[expected.Count - 1]);
            }
        }
    }
}
