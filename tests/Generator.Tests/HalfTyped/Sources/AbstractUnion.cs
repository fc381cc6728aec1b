[Union(0, typeof(Cat)), Union(7, typeof(Dog))]
public abstract record Animal(string Name);
public sealed record Cat(string Name, int Lives) : Animal(Name);
public sealed record Dog(string Name, Animal? Enemy) : Animal(Name);

[CacheClient("zoo", Expires = "1d")]
public partial interface IZoo
{
    [CacheKey("animal:{name}")] ValueTask<Animal?> GetAnimalAsync([KeyPart(MaxLength = 30)] string name, CancellationToken ct = default);
    [CacheKey("beast:{key}")] CacheEntrySet<Guid, Animal> Animals();
}
