using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedCache.Keys;

/// <summary>Gives equal values one form, where .NET writes them differently: one value has to have one key.</summary>
internal static class EqualValues
{
    // Dividing by it leaves no zeros at the end of the fraction.
    private const decimal OneWithAllZeros = 1.0000000000000000000000000000m;

    /// <summary>The form in which the value is written.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">
    /// Its format. An offset is kept where a format of the caller's asks for a part of the local time.
    /// </param>
    public static T Normalize<T>(T value, scoped ReadOnlySpan<char> format)
    {
        // For each type one of these is compiled, and for most none. The sum of -0.0 and 0.0 is 0.0 (IEEE 754).
        if (typeof(T) == typeof(double))
        {
            Unsafe.As<T, double>(ref value) += 0.0;
        }
        else if (typeof(T) == typeof(float))
        {
            Unsafe.As<T, float>(ref value) += 0.0f;
        }
        else if (typeof(T) == typeof(Half))
        {
            Unsafe.As<T, Half>(ref value) += Half.Zero;
        }
        else if (typeof(T) == typeof(NFloat))
        {
            Unsafe.As<T, NFloat>(ref value) += (NFloat)0.0f;
        }
        else if (typeof(T) == typeof(Complex))
        {
            Unsafe.As<T, Complex>(ref value) += Complex.Zero;
        }
        else if (typeof(T) == typeof(decimal))
        {
            ref var number = ref Unsafe.As<T, decimal>(ref value);
            number = number.Scale == 0 ? number : number / OneWithAllZeros;
        }
        else if (typeof(T) == typeof(DateTimeOffset) && (format.IsEmpty || format is "O" or "o"))
        {
            ref var moment = ref Unsafe.As<T, DateTimeOffset>(ref value);
            moment = moment.ToUniversalTime();
        }

        return value;
    }
}
