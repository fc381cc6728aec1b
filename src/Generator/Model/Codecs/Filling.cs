namespace TypedCache.Generator.Model.Codecs;

/// <summary>How the elements of a collection are gathered while they are read.</summary>
internal enum Filling
{
    /// <summary>Added one by one to a growing collection.</summary>
    Collection,

    /// <summary>Put into an array in the order of the payload.</summary>
    Array,

    /// <summary>Put into an array from its end, for collections that give back first what was added last.</summary>
    ReversedArray,
}
