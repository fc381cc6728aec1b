using System.Text;
using TypedCache.Near;

namespace TypedCache.Tests.Near;

/// <summary>The table by names.</summary>
internal static class NearTableExtensions
{
    extension(NearTable table)
    {
        public NearEntry? Find(string name) => table.Find(Encoding.UTF8.GetBytes(name), TestEntry.HashOf(name));

        public bool Put(NearEntry entry)
        {
            lock (table.Gate)
            {
                return table.Set(entry);
            }
        }

        public bool Remove(string name)
        {
            lock (table.Gate)
            {
                return table.Remove(Encoding.UTF8.GetBytes(name), TestEntry.HashOf(name));
            }
        }
    }
}
