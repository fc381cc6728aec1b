using System.Runtime.CompilerServices;

MemcachedPoolOptions options = new();
Consul consul = new();

// A client of Consul, as a package has it.
public sealed class Consul
{
    public Consul Catalog => this;

    public Task<IReadOnlyList<ConsulNode>> ServiceAsync(string name, CancellationToken ct) => throw new NotSupportedException();
}

public sealed record ConsulNode(string Name, string Address, int Port);
