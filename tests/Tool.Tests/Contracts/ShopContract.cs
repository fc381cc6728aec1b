namespace TypedCache.Tool.Tests.Contracts;

/// <summary>The contract of a shop, as the generator would write it.</summary>
internal static class ShopContract
{
    public const string Json = """
        {
          "format": 1,
          "assembly": "Shop",
          "keys": [
            {
              "pattern": "shop:v2:product:{id}", "client": "Shop.IShopCache", "methods": ["GetOrCreateProductAsync", "GetProductAsync"],
              "prefix": "shop", "version": 2, "policy": "Escape", "arguments": [{ "name": "id", "type": "int" }], "maxLength": 31,
              "expires": "10m", "stale": "5m", "near": "2s", "tags": ["brand:{value.Brand}"], "codec": "messagepack", "value": "Shop.Product"
            },
            {
              "pattern": "shop:views:{id}", "client": "Shop.IShopCache", "methods": ["IncrementViewsAsync"],
              "prefix": "shop", "policy": "Escape", "arguments": [{ "name": "id", "type": "int" }], "maxLength": 22, "codec": "counter"
            },
            {
              "pattern": "shop:rate:{day}", "client": "Shop.IShopCache", "methods": ["GetRateAsync"],
              "prefix": "shop", "policy": "Escape", "arguments": [{ "name": "day", "type": "DateOnly", "format": "yyyyMMdd" }],
              "expires": "1d", "codec": "plain", "value": "double"
            }
          ],
          "types": {
            "Shop.Product": { "form": "array", "members": [
              { "key": 0, "name": "Id", "type": "int" },
              { "key": 1, "name": "Name", "type": "string" },
              { "key": 3, "name": "Brand", "type": "string?" }
            ] }
          }
        }
        """;
}
