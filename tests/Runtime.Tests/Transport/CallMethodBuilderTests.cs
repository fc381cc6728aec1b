using System.Runtime.CompilerServices;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>Async methods as callers wait for them.</summary>
[Collection(nameof(BlocksThreadPool))]
public sealed class CallMethodBuilderTests
{
    [Fact]
    public void A_method_that_need_not_wait_has_its_result_at_once()
    {
        var call = AddAsync(ValueTask.FromResult(1), 2);
        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(3, Block(call));
    }

    [Fact]
    public async Task Results_and_failures_reach_the_caller()
    {
        var later = new TaskCompletionSource<int>();
        var sum = AddAsync(new ValueTask<int>(later.Task), 2);
        var failure = AddAsync(new ValueTask<int>(later.Task), throwsAt: 5);
        later.SetResult(5);

        Assert.Equal(7, await sum);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await failure);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await AddAsync(ValueTask.FromResult(5), throwsAt: 5));
    }

    [Fact]
    public async Task A_method_keeps_its_callers_context_and_changes_nothing_in_it()
    {
        var ambient = new AsyncLocal<string> { Value = "caller" };
        var later = new TaskCompletionSource();
        var seen = SeeAsync(ambient, later.Task);
        Assert.Equal("caller", ambient.Value);

        new Thread(later.SetResult).UnsafeStart();
        Assert.Equal("method", await seen);
    }

    [Fact]
    public void A_caller_may_block()
    {
        var later = new TaskCompletionSource<int>();
        using (new BusyThreadPool())
        {
            var call = AddAsync(new ValueTask<int>(later.Task), 2);
            new Thread(() => later.SetResult(5)).Start();
            Assert.Equal(7, Block(call));
        }
    }

    // Each level registers with the next one while that ends on another thread: none of them may lose its way into the thread pool.
    [Fact]
    public void Methods_that_end_while_they_are_about_to_be_awaited_need_no_thread_of_the_pool()
    {
        using (new BusyThreadPool())
        {
            for (var i = 0; i < 2000; i++)
            {
                var later = new ThreadSwitch();
                var call = NestAsync(later, depth: 5);
                Assert.Equal(6, Block(call));
            }
        }
    }

    private static int Block(ValueTask<int> call) => call.GetAwaiter().GetResult();

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<int> AddAsync(ValueTask<int> first, int second = 0, int throwsAt = -1)
    {
        var value = await first.ConfigureAwait(false);
        return value == throwsAt ? throw new InvalidDataException() : value + second;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<string?> SeeAsync(AsyncLocal<string> ambient, Task later)
    {
        ambient.Value = "method";
        await later.ConfigureAwait(false);
        return ambient.Value;
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<int> NestAsync(ThreadSwitch later, int depth)
    {
        if (depth == 0)
        {
            await later;
            return 1;
        }

        return 1 + await NestAsync(later, depth - 1).ConfigureAwait(false);
    }
}
