namespace TypedCache.Telemetry;

/// <summary>What a caller asks for.</summary>
internal enum CallKind : byte
{
    Get,
    GetMany,
    GetAndTouch,
    GetOrCreate,
    GetOrCreateMany,
    Exists,
    ExistsMany,
    Set,
    SetMany,
    Add,
    AddMany,
    Replace,
    Append,
    Prepend,
    CompareAndSet,
    CompareAndSetMany,
    Touch,
    TouchMany,
    Delete,
    DeleteMany,
    CompareAndDelete,
    Invalidate,
    Increment,
    Decrement,
}

/// <summary>What is known of each kind of call.</summary>
internal static class CallKinds
{
    private static readonly string[] Names =
    [
        "get", "get_many", "get_and_touch", "get_or_create", "get_or_create_many", "exists", "exists_many",
        "set", "set_many", "add", "add_many", "replace", "append", "prepend", "compare_and_set", "compare_and_set_many",
        "touch", "touch_many", "delete", "delete_many", "compare_and_delete", "invalidate", "increment", "decrement",
    ];

    /// <summary>How many kinds there are.</summary>
    public const int Count = (int)CallKind.Decrement + 1;

    /// <summary>The kind as telemetry calls it.</summary>
    public static string NameOf(CallKind kind) => Names[(int)kind];

    /// <summary>What a call is that has done what was asked for.</summary>
    public static CallResult Success(CallKind kind) => kind switch
    {
        <= CallKind.ExistsMany => CallResult.Hit,
        CallKind.Delete or CallKind.DeleteMany or CallKind.CompareAndDelete => CallResult.Deleted,
        CallKind.Touch or CallKind.TouchMany => CallResult.Touched,
        CallKind.Invalidate => CallResult.Invalidated,
        _ => CallResult.Stored,
    };

    /// <summary>What a call is that has not.</summary>
    public static CallResult Failure(CallKind kind) => kind switch
    {
        <= CallKind.ExistsMany => CallResult.Miss,
        CallKind.Add or CallKind.AddMany or CallKind.Replace or CallKind.Append or CallKind.Prepend => CallResult.NotStored,
        _ => CallResult.NotFound,
    };
}
