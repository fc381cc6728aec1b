namespace TypedCache.Pool.Operations;

/// <summary>
/// What <see cref="OperationPool{T}"/> keeps. The pool creates objects through this and not by <c>new T()</c>, which reaches a
/// constructor by reflection: a native program would need the runtime's type loader for it, 190 KB.
/// </summary>
/// <typeparam name="T">The type itself.</typeparam>
internal interface IPooled<out T>
{
    /// <summary>Creates an object for its first use.</summary>
    static abstract T Create();
}
