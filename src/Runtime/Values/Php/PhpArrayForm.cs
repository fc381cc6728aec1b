namespace TypedCache.Values.Php;

/// <summary>What a PHP array becomes in MessagePack. PHP has one type where others have three.</summary>
[Flags]
internal enum PhpArrayForm
{
    /// <summary>No form.</summary>
    None = 0,

    /// <summary>An array: the keys are 0, 1, 2 and so on.</summary>
    List = 1,

    /// <summary>A map whose keys are as they are.</summary>
    Map = 2,

    /// <summary>A map whose keys are all text: PHP turns the key "7" into a number.</summary>
    TextMap = 4,
}
