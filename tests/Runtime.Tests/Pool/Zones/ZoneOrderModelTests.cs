namespace TypedCache.Tests.Pool.Zones;

/// <summary>
/// The order of commands on which zones rest, as a model: all interleavings of a writer that deletes, a reader in the home zone and a
/// reader in another one. After a delete no zone has an older value.
/// </summary>
public sealed class ZoneOrderModelTests
{
    private const int Home = 0;
    private const int Other = 1;

    [Fact]
    public void A_delete_of_the_home_zone_first_leaves_no_older_value_in_any_interleaving()
    {
        Assert.Equal(0, CountViolations([Home, Other], placeholderFirst: true));
        Assert.Equal(0, CountViolations([Home, Other], placeholderFirst: true, holdsHome: true));
    }

    // The model finds what the order is for.
    [Fact]
    public void Other_orders_would_leave_some()
    {
        Assert.NotEqual(0, CountViolations([Other, Home], placeholderFirst: true));
        Assert.NotEqual(0, CountViolations([Home, Other], placeholderFirst: false));
    }

    private static int CountViolations(int[] order, bool placeholderFirst, bool holdsHome = false)
    {
        var violations = 0;
        var turns = new List<int>();
        Explore(turns, [1 + order.Length, 5, 3]);
        return violations;

        void Explore(List<int> taken, int[] left)
        {
            if (left.All(static steps => steps == 0))
            {
                violations += Run(taken, order, placeholderFirst, holdsHome) ? 0 : 1;
                return;
            }

            for (var process = 0; process < left.Length; process++)
            {
                if (left[process] > 0)
                {
                    left[process]--;
                    taken.Add(process);
                    Explore(taken, left);
                    taken.RemoveAt(taken.Count - 1);
                    left[process]++;
                }
            }
        }
    }

    private static bool Run(List<int> turns, int[] order, bool placeholderFirst, bool holdsHome)
    {
        var zones = new[] { new Slot(), new Slot() };
        var source = 1;
        if (holdsHome)
        {
            zones[Home].Set(source);
        }

        IEnumerator<bool>[] processes =
        [
            Delete().GetEnumerator(),
            ReadInOther(zones, () => source, placeholderFirst).GetEnumerator(),
            ReadInHome(zones, () => source).GetEnumerator(),
        ];
        foreach (var turn in turns)
        {
            processes[turn].MoveNext();
        }

        return zones.All(zone => zone.Value is 0 || zone.Value == source);

        IEnumerable<bool> Delete()
        {
            source++;
            yield return true;
            foreach (var zone in order)
            {
                zones[zone].Delete();
                yield return true;
            }
        }
    }

    private static IEnumerable<bool> ReadInHome(Slot[] zones, Func<int> source)
    {
        var lease = zones[Home].Lease();
        yield return true;
        var created = source();
        yield return true;
        if (lease != 0)
        {
            zones[Home].Fill(lease, created);
        }

        yield return true;
    }

    // Five steps: placeholder, home zone, source, and a fill in each zone.
    private static IEnumerable<bool> ReadInOther(Slot[] zones, Func<int> source, bool placeholderFirst)
    {
        var own = placeholderFirst ? zones[Other].Lease() : 0;
        yield return true;
        var copy = zones[Home].Value;
        var home = zones[Home].Lease();
        yield return true;
        var value = copy != 0 ? copy : source();
        yield return true;
        own = placeholderFirst ? own : zones[Other].Lease();
        if (home != 0)
        {
            zones[Home].Fill(home, value);
        }

        yield return true;
        if (own != 0)
        {
            zones[Other].Fill(own, value);
        }

        yield return true;
    }

    /// <summary>One key on one server. 0: there is no value.</summary>
    private sealed class Slot
    {
        private int _lastCas;
        private int _cas;

        public int Value { get; private set; }

        /// <summary>Leaves a placeholder if there is nothing.</summary>
        /// <returns>Its number; 0: somebody else has left one, or there is a value.</returns>
        public int Lease()
        {
            if (_cas != 0)
            {
                return 0;
            }

            return _cas = ++_lastCas;
        }

        public void Set(int value) => (Value, _cas) = (value, ++_lastCas);

        public void Fill(int cas, int value)
        {
            if (cas == _cas)
            {
                Set(value);
            }
        }

        public void Delete() => (Value, _cas) = (0, 0);
    }
}
