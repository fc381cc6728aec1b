namespace TypedCache.Values.Php;

/// <summary>What a PHP array becomes in MessagePack. PHP has one type where others have three.</summary>
internal enum PhpArrayForm
{
    /// <summary>An array: the keys are 0, 1, 2 and so on.</summary>
    List,

    /// <summary>A map whose keys are as they are.</summary>
    Map,

    /// <summary>A map whose keys are all text: PHP turns the key "7" into a number.</summary>
    TextMap,
}
