using TypedCache.Generator.Model;

namespace TypedCache.Generator.Parsing.Methods;

/// <summary>Which operation a method's name names by its first words.</summary>
internal static class OperationVerbs
{
    // Longer verbs first: GetAndTouch begins with Get.
    private static readonly (string Verb, CacheOperation Operation)[] Verbs =
    [
        ("CompareAndSetMany", CacheOperation.CompareAndSet),
        ("GetOrCreateMany", CacheOperation.GetOrCreate),
        ("CompareAndSet", CacheOperation.CompareAndSet),
        ("GetOrCreate", CacheOperation.GetOrCreate),
        ("GetAndTouch", CacheOperation.GetAndTouch),
        ("Increment", CacheOperation.Increment),
        ("Decrement", CacheOperation.Decrement),
        ("DeleteMany", CacheOperation.Delete),
        ("RemoveMany", CacheOperation.Delete),
        ("ExistsMany", CacheOperation.Exists),
        ("Invalidate", CacheOperation.Invalidate),
        ("TouchMany", CacheOperation.Touch),
        ("Replace", CacheOperation.Replace),
        ("Prepend", CacheOperation.Prepend),
        ("GetMany", CacheOperation.Get),
        ("SetMany", CacheOperation.Set),
        ("AddMany", CacheOperation.Add),
        ("Append", CacheOperation.Append),
        ("Delete", CacheOperation.Delete),
        ("Remove", CacheOperation.Delete),
        ("Exists", CacheOperation.Exists),
        ("Touch", CacheOperation.Touch),
        ("Get", CacheOperation.Get),
        ("Set", CacheOperation.Set),
        ("Add", CacheOperation.Add),
    ];

    /// <summary>The verbs for messages.</summary>
    public const string Choices =
        "Get, GetAndTouch, GetOrCreate, Set, Add, Replace, Append, Prepend, Delete, Remove, Invalidate, Touch, Exists, Increment, Decrement, "
        + "CompareAndSet, or for many keys also with Many, such as GetMany";

    /// <summary>The operation, or <see cref="CacheOperation.FromName"/> where the name names none.</summary>
    public static CacheOperation Find(string methodName)
    {
        var operation = Array.Find(Verbs, entry => StartsWithWord(methodName, entry.Verb)).Operation;

        // GetOrAdd and its like promise more than to read.
        return operation == CacheOperation.Get && StartsWithWord(methodName, "GetOr") ? CacheOperation.FromName : operation;
    }

    /// <summary>What a method's name says beside the operation: <c>Product</c> of <c>GetProductAsync</c>. Empty where it says nothing.</summary>
    public static string Noun(string methodName)
    {
        var name = WithoutAsync(methodName);
        return name.Substring(Array.Find(Verbs, entry => StartsWithWord(name, entry.Verb)).Verb?.Length ?? 0);
    }

    /// <summary>A method's name without <c>Async</c>.</summary>
    public static string WithoutAsync(string methodName) =>
        methodName.EndsWith("Async", StringComparison.Ordinal) && methodName.Length > "Async".Length
            ? methodName.Substring(0, methodName.Length - "Async".Length)
            : methodName;

    private static bool StartsWithWord(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsLower(name[word.Length]));
}
