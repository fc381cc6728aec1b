using System.Reflection;

namespace TypedCache.Tests.Errors;

public class PublicNamesTests
{
    [Fact]
    public void Every_name_is_a_public_member()
    {
        var names = typeof(PublicNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name =>
        {
            var parts = name.Split('.');
            var type = typeof(MemcachedPool).Assembly.GetType($"TypedCache.{parts[0]}");
            Assert.True(type is { IsPublic: true }, name);
            Assert.True(parts.Length == 1 || type.GetProperty(parts[1]) is not null, name);
        });
    }
}
