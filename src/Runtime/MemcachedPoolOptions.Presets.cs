using TypedCache.Hashing;

namespace TypedCache;

public sealed partial class MemcachedPoolOptions
{
    /// <summary>The settings of a preset.</summary>
    /// <remarks>A native program that calls this has all presets in it.</remarks>
    /// <param name="preset">The preset.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="preset"/> is not a value of its type.</exception>
    public static MemcachedPoolOptions For(MemcachedPreset preset) => preset switch
    {
        MemcachedPreset.Default => new MemcachedPoolOptions(),
        MemcachedPreset.Pecl => ForPeclMemcache(),
        MemcachedPreset.Pecl2 => ForPeclMemcache2(),
        MemcachedPreset.PhpMemcached => ForPhpMemcached(),
        MemcachedPreset.PhpMemcachedKetama => ForPhpMemcached(PhpMemcachedDistribution.Ketama),
        MemcachedPreset.Enyim => ForEnyim(),
        MemcachedPreset.Enyim2 => ForEnyim2(),
        MemcachedPreset.Enyim2Ketama => ForEnyim2(Enyim2Locator.Ketama),
        MemcachedPreset.Pymemcache => ForPymemcache(),
        MemcachedPreset.PythonMemcached => ForPythonMemcached(),
        MemcachedPreset.Dalli => ForDalli(),
        MemcachedPreset.Spymemcached => ForSpymemcached(),
        MemcachedPreset.SpymemcachedKetama => ForSpymemcached(SpymemcachedLocator.Ketama),
        MemcachedPreset.Xmemcached => ForXmemcached(),
        MemcachedPreset.XmemcachedKetama => ForXmemcached(XmemcachedLocator.Ketama),
        MemcachedPreset.Gomemcache => ForGomemcache(),
        MemcachedPreset.Memjs => ForMemjs(),
        MemcachedPreset.NodeMemcached => ForNodeMemcached(),
        MemcachedPreset.Twemproxy => ForTwemproxy(),
        MemcachedPreset.TwemproxyModula => ForTwemproxy(TwemproxyDistribution.Modula),
        MemcachedPreset.TwemproxyRandom => ForTwemproxy(TwemproxyDistribution.Random),
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "This is not one of the presets."),
    };
}
