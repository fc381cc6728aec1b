namespace TypedCache.Testing.Tests;

public sealed record Product(string Name, int Price);
