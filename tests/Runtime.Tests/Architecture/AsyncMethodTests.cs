using System.Reflection;
using System.Runtime.CompilerServices;
using TypedCache.Transport;

namespace TypedCache.Tests.Architecture;

/// <summary>How the library's async methods are built.</summary>
public sealed class AsyncMethodTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // One that is built as usual may go on by way of the thread pool, whose threads its callers may all block.
    [Fact]
    public void None_that_a_caller_waits_for_goes_on_in_the_thread_pool()
    {
        var methods = typeof(MemcachedPool).Assembly.GetTypes()
            .Where(type => type.Namespace?.Contains("Embedded", StringComparison.Ordinal) != true)
            .SelectMany(type => type.GetMethods(All))
            .Where(method => method.IsDefined(typeof(AsyncStateMachineAttribute)) && method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(methods);
        Assert.Empty(methods.Where(method => !IsBuiltForCallers(method)).Select(method => $"{method.DeclaringType}.{method.Name}"));
    }

    private static bool IsBuiltForCallers(MethodInfo method) =>
        method.GetCustomAttribute<AsyncMethodBuilderAttribute>()?.BuilderType is { } builder
        && (builder == typeof(CallMethodBuilder) || builder == typeof(CallMethodBuilder<>));
}
