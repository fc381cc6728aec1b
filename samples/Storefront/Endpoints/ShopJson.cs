using System.Text.Json.Serialization;
using Storefront.Shop;

namespace Storefront.Endpoints;

/// <summary>What goes out and comes in as JSON.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Dictionary<int, Price>))]
[JsonSerializable(typeof(Basket))]
[JsonSerializable(typeof(BasketAddition))]
[JsonSerializable(typeof(DeliveryChoice))]
[JsonSerializable(typeof(Figures))]
[JsonSerializable(typeof(string))]
internal sealed partial class ShopJson : JsonSerializerContext;
