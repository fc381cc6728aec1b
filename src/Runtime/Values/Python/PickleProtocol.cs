namespace TypedCache.Values.Python;

/// <summary>How old a Python can be that reads a pickle.</summary>
internal enum PickleProtocol
{
    /// <summary>Protocol 0, which is text.</summary>
    Oldest = 0,

    /// <summary>Protocol 5, of Python 3.8 and later.</summary>
    Newest = 5,
}
