public sealed record Customer(int Id, Address? Home) { [KeyPart(MaxLength = 10)] public string Code { get; init; } = ""; }
public sealed class Address { public Country Country { get; set; } public int? Zip { get; set; } }
public enum Country { De, Fr, It }

[CacheClient("customers")]
public partial interface ICustomers
{
    [CacheKey("c:{customer.Id}:{customer.Code}")] ValueTask<string?> GetNameAsync(Customer customer, CancellationToken ct = default);
    [CacheKey("z:{customer.Home.Country}:{customer.Home.Zip}")] ValueTask<int[]?> GetStreetsAsync(Customer customer, CancellationToken ct = default);
    [CacheKey("x:{customer.Id}:{{x}}", Expires = "1m")] ValueTask SetAsync(Customer customer, CancellationToken ct);
}
