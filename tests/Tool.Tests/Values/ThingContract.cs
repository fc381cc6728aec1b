namespace TypedCache.Tool.Tests.Values;

/// <summary>The contract of <see cref="IThingCache"/>.</summary>
internal static class ThingContract
{
    public const string Json = """
        {
          "format": 1,
          "assembly": "Things",
          "keys": [
            { "pattern": "things:thing:{id}", "client": "T.IThingCache", "methods": ["SetThingAsync"], "prefix": "things", "policy": "Escape",
              "arguments": [{ "name": "id", "type": "int" }], "expires": "1h", "stale": "10m", "codec": "messagepack", "value": "T.Thing" },
            { "pattern": "things:tagged:{id}", "client": "T.IThingCache", "methods": ["SetTaggedAsync"], "prefix": "things", "policy": "Escape",
              "arguments": [{ "name": "id", "type": "int" }], "tags": ["maker:{value.Name}", "all:{id}"], "codec": "messagepack", "value": "T.Part" },
            { "pattern": "things:count:{id}", "client": "T.IThingCache", "methods": ["IncrementCountAsync"], "prefix": "things", "policy": "Escape",
              "arguments": [{ "name": "id", "type": "int" }], "codec": "counter" },
            { "pattern": "things:text:{id}", "client": "T.IThingCache", "methods": ["SetTextAsync"], "prefix": "things", "policy": "Escape",
              "arguments": [{ "name": "id", "type": "Guid" }], "codec": "plain", "value": "string" },
            { "pattern": "things:lazy:{id}", "client": "T.IThingCache", "methods": ["GetOrCreateLazyAsync"], "prefix": "things", "policy": "Escape",
              "arguments": [{ "name": "id", "type": "int" }], "expires": "1h", "stale": "10m", "codec": "plain", "value": "string" }
          ],
          "types": {
            "T.Thing": { "form": "array", "members": [
              { "key": 0, "name": "Id", "type": "int" },
              { "key": 1, "name": "Color", "type": "T.Color" },
              { "key": 2, "name": "Sides", "type": "T.Sides" },
              { "key": 4, "name": "Day", "type": "DateOnly" },
              { "key": 5, "name": "At", "type": "DateTime" },
              { "key": 6, "name": "Offset", "type": "DateTimeOffset" },
              { "key": 7, "name": "For", "type": "TimeSpan" },
              { "key": 8, "name": "Owner", "type": "Guid" },
              { "key": 9, "name": "Price", "type": "decimal" },
              { "key": 10, "name": "Hash", "type": "byte[]" },
              { "key": 11, "name": "Parts", "type": { "list": "T.Part" } },
              { "key": 12, "name": "Stock", "type": { "map": ["string", "int"] } },
              { "key": 13, "name": "Pair", "type": { "tuple": ["int", "string"] } },
              { "key": 14, "name": "Shape", "type": "T.IShape?" },
              { "key": 15, "name": "Missing", "type": "string?" },
              { "key": 16, "name": "Weight", "type": "float" },
              { "key": 17, "name": "Ready", "type": "bool" },
              { "key": 18, "name": "Grid", "type": { "grid2": "int" } },
              { "key": 19, "name": "Large", "type": "ulong" }
            ] },
            "T.Part": { "form": "map", "members": [{ "key": "Name", "name": "Name", "type": "string", "required": true }, { "key": "Size", "name": "Size", "type": "int?" }] },
            "T.Color": { "form": "enum", "number": "int", "members": { "Red": 1, "Blue": 2 } },
            "T.Sides": { "form": "enum", "number": "int", "flags": true, "members": { "None": 0, "Left": 1, "Right": 2, "Top": 4, "Both": 3 } },
            "T.IShape": { "form": "union", "cases": [{ "key": 0, "type": "T.Circle" }, { "key": 1, "type": "T.Square" }] },
            "T.Circle": { "form": "array", "members": [{ "key": 0, "name": "Radius", "type": "double" }] },
            "T.Square": { "form": "array", "members": [{ "key": 0, "name": "Side", "type": "double" }] }
          }
        }
        """;
}
