namespace TypedCache.Tests.Near;

/// <summary>
/// The rule on which the near cache rests, as a model: all interleavings of a writer, a read that is under way and a caller who reads
/// after the write, step by step. What the write has replaced is never given out once the writer knows that it is done.
/// </summary>
public sealed class NearEpochModelTests
{
    [Fact]
    public void Nobody_gets_what_a_completed_write_has_replaced()
    {
        Assert.Equal(0, CountViolations(before: true, after: true, checksUnderLock: true));
        Assert.Equal(0, CountViolations(before: false, after: true, checksUnderLock: true));
    }

    // The model finds what each part of the rule is for.
    [Theory]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public void Without_a_part_of_the_rule_somebody_would(bool before, bool after, bool checksUnderLock)
    {
        Assert.NotEqual(0, CountViolations(before, after, checksUnderLock));
    }

    private static int CountViolations(bool before, bool after, bool checksUnderLock)
    {
        var violations = 0;
        Explore([5, 5], turns =>
        {
            var world = new World();
            Play(turns, [world.Write(before, after), world.Read(checksUnderLock)]);
            violations += world.Kept == World.Old ? 1 : 0;
        });
        return violations;
    }

    private static void Play(List<int> turns, IEnumerable<bool>[] processes)
    {
        var running = processes.Select(static process => process.GetEnumerator()).ToArray();
        turns.ForEach(turn => running[turn].MoveNext());
    }

    private static void Explore(int[] left, Action<List<int>> visit)
    {
        var taken = new List<int>();
        Next();

        void Next()
        {
            if (left.All(static steps => steps == 0))
            {
                visit(taken);
                return;
            }

            for (var process = 0; process < left.Length; process++)
            {
                if (left[process] > 0)
                {
                    left[process]--;
                    taken.Add(process);
                    Next();
                    taken.RemoveAt(taken.Count - 1);
                    left[process]++;
                }
            }
        }
    }

    /// <summary>One key: its value on the server, its epoch, and what is kept of it.</summary>
    private sealed class World
    {
        public const int Old = 1;
        private const int New = 2;

        private int _stored = Old;
        private int _epoch;

        public int? Kept { get; private set; }

        // Sends, is carried out, is answered; each step of the near cache is one under its lock.
        public IEnumerable<bool> Write(bool before, bool after)
        {
            if (before)
            {
                _epoch++;
            }

            yield return true;
            if (before)
            {
                Kept = null;
            }

            yield return true;
            _stored = New;
            yield return true;
            if (after)
            {
                _epoch++;
            }

            yield return true;
            if (after)
            {
                Kept = null;
            }

            yield return true;
        }

        public IEnumerable<bool> Read(bool checksUnderLock)
        {
            if (Kept is not null)
            {
                yield break;
            }

            var epoch = _epoch;
            yield return true;
            var value = _stored;
            yield return true;
            var isSame = _epoch == epoch;
            if (!checksUnderLock)
            {
                yield return true;
            }

            if (isSame)
            {
                Kept = value;
            }

            yield return true;
        }
    }
}
