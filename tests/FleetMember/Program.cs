using System.Globalization;
using TypedCache;
using TypedCache.FleetMember;

// One process of a fleet, for tests which need several:
//   hold <port> <key>                       begins to create the value of a key and never ends
//   load <port> <key> <members> <versions>  asks for one key until it has had so many versions, together with other members
await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions
{
    Servers = { new MemcachedServerOptions("127.0.0.1", int.Parse(args[1], CultureInfo.InvariantCulture)) },
    ConnectTimeout = TimeSpan.FromSeconds(30),
    OperationTimeout = TimeSpan.FromSeconds(30),
});
if (args[0] == "hold")
{
    await Holder.RunAsync(pool, args[2]);
}
else
{
    await new Load(pool, args[2]).RunAsync(
        int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture));
}
