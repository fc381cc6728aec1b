using System.Globalization;
using System.Text;
using TypedCache.Generator.Keys.Collisions;
using TypedCache.Generator.Model;

namespace TypedCache.Generator.Tests.Keys.Collisions;

/// <summary>Random templates over all types: the verdict on each pair against keys of real values, written by the runtime.</summary>
public sealed class RandomTemplateTests(ITestOutputHelper output)
{
    private const int Chunks = 4;
    private const int Samples = 24;

    public static TheoryData<int> ChunkNumbers => [.. Enumerable.Range(0, Chunks)];

    private static int Pairs => int.TryParse(Environment.GetEnvironmentVariable("TYPEDCACHE_KEY_PAIRS"), CultureInfo.InvariantCulture, out var pairs) ? pairs : 15_000;

    [Theory]
    [MemberData(nameof(ChunkNumbers))]
    public void No_common_key_is_missed_and_each_example_is_one(int chunk)
    {
        var (mistakes, collisions, shared) = (new List<string>(), 0, 0);
        for (var number = chunk; number < Pairs && mistakes.Count < 20; number += Chunks)
        {
            var random = new Random(number);
            var one = new RealTemplate(random);
            var other = random.Next(3) == 0 ? new RealTemplate(random) : new RealTemplate(one, random);
            var verdict = Find(one.Use("A"), other.Use("B"));
            var common = Keys(one, random).FirstOrDefault(other.Gives) ?? Keys(other, random).FirstOrDefault(one.Gives);
            collisions += verdict is null ? 0 : 1;
            shared += common is null ? 0 : 1;
            if (verdict is null && common is not null)
            {
                mistakes.Add($"pair {number}: missed '{Encoding.UTF8.GetString(common)}' of [{one}] and [{other}]");
            }
            else if (verdict is not null && !(IsKey(one, verdict) && IsKey(other, verdict)))
            {
                mistakes.Add($"pair {number}: '{verdict}' is no key of [{(IsKey(one, verdict) ? other : one)}], one of [{one}] and [{other}]");
            }
        }

        output.WriteLine($"pairs {(Pairs + Chunks - 1 - chunk) / Chunks}: {collisions} collide, {shared} by sampled values");
        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
        Assert.InRange(shared, 1, collisions);
    }

    private static string? Find(KeyUse one, KeyUse other) =>
        KeyCollisions.Find([new EquatableArray<KeyUse>([one, other])], TestContext.Current.CancellationToken).Select(static collision => collision.Key).FirstOrDefault();

    private static bool IsKey(RealTemplate template, string key) => template.Gives(Encoding.UTF8.GetBytes(key));

    private static List<byte[]> Keys(RealTemplate template, Random random) =>
        [.. Enumerable.Range(0, Samples).Select(_ => template.Sample(random)).OfType<byte[]>()];
}
