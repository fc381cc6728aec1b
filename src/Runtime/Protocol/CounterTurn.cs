namespace TypedCache.Protocol;

/// <summary>Which request of an increment or decrement is next, where it takes several.</summary>
internal enum CounterTurn
{
    /// <summary>Count.</summary>
    Count,

    /// <summary>Create the counter: in the classic protocol counting does not.</summary>
    Create,

    /// <summary>Look at what is no number: it may be the placeholder of a value that is being created.</summary>
    Look,

    /// <summary>Remove that placeholder, so that the counter can be created.</summary>
    Release,
}
