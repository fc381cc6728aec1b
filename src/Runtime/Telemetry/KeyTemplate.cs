using System.Text;
using TypedCache.Telemetry;

namespace TypedCache;

/// <summary>
/// Names a group of keys in metrics, traces and logs. Generated clients pass one for each of their templates, so that hits, misses and
/// times are told apart by template, of which there are few, and never by key. Calls with keys of your own may pass one too: create
/// it once and keep it.
/// </summary>
public sealed class KeyTemplate
{
    private readonly byte[] _utf8;
    private readonly CallName?[] _names = new CallName?[CallKinds.Count];

    /// <summary>Names a group of keys.</summary>
    /// <param name="client">What the keys begin with, such as <c>shop</c>; it can be empty.</param>
    /// <param name="key">What follows behind a colon, with names in the place of what differs: <c>product:{id}</c>.</param>
    public KeyTemplate(string client, string key)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(key);
        Client = client;
        Key = key;
        Text = client.Length == 0 ? key : $"{client}:{key}";
        _utf8 = Encoding.UTF8.GetBytes(Text);
    }

    /// <summary>What the keys begin with.</summary>
    public string Client { get; }

    /// <summary>What follows behind a colon.</summary>
    public string Key { get; }

    /// <summary>Both: <c>shop:product:{id}</c>.</summary>
    public string Text { get; }

    /// <summary>
    /// Whether the keys are secrets (<see cref="KeyPartAttribute.Sensitive"/>): spans and exceptions show the template in the place of a
    /// key.
    /// </summary>
    public bool HidesKeys { get; init; }

    /// <summary>The template.</summary>
    public override string ToString() => Text;

    /// <summary>What is shown in the place of a key; null: the key itself.</summary>
    internal static string? Cover(KeyTemplate? template) => template is { HidesKeys: true } ? template.Text : null;

    /// <summary>A key as it may be shown.</summary>
    internal static ReadOnlySpan<byte> Show(KeyTemplate? template, ReadOnlySpan<byte> key) => template is { HidesKeys: true } ? template._utf8 : key;

    /// <summary>The words for a call, which are made once.</summary>
    internal CallName Name(CallKind kind) => _names[(int)kind] ??= new CallName(kind, this);
}
