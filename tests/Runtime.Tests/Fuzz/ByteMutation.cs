namespace TypedCache.Tests.Fuzz;

/// <summary>Changes bytes at random, with a liking for what a protocol stumbles over.</summary>
/// <param name="words">Pieces of the protocol to put in.</param>
internal sealed class ByteMutation(Random random, byte[][] words)
{
    public void Apply(List<byte> bytes, int times)
    {
        for (var i = 0; i < times; i++)
        {
            ApplyOnce(bytes);
        }
    }

    private void ApplyOnce(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(1, 12);
        var count = Math.Min(length, bytes.Count - at);
        switch (random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, count);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), [.. bytes.GetRange(at, count)]);
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(40) == 0 ? 3000 : length));
                break;
            default:
                bytes.InsertRange(at, words[random.Next(words.Length)]);
                break;
        }
    }
}
