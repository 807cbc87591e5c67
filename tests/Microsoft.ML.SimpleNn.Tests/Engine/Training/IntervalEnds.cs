namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The values at the ends of an interval, and the nearest beyond them.</summary>
internal static class IntervalEnds
{
    /// <summary>The first and the last value in it.</summary>
    public static object?[] In<T>(Interval<T> range)
        where T : struct, IComparable<T>, IFormattable => [First(range), Last(range)];

    /// <summary>The nearest values beyond its ends, the smallest and the largest that there are, NaN and infinity.</summary>
    public static object?[] Out<T>(Interval<T> range)
        where T : struct, IComparable<T>, IFormattable
    {
        (T smallest, T largest, object?[] notFinite) = Limits<T>();
        List<object?> values = [Beside(First(range), -1), smallest];
        if (range.Most is not null)
            values.AddRange([Beside(Last(range), 1), largest]);
        return [.. values.Concat(notFinite)];
    }

    private static T First<T>(Interval<T> range)
        where T : struct, IComparable<T>, IFormattable => range.IsLeastIn ? range.Least : Beside(range.Least, 1);

    private static T Last<T>(Interval<T> range)
        where T : struct, IComparable<T>, IFormattable => range.Most is not T most ? Limits<T>().Largest : range.IsMostIn ? most : Beside(most, -1);

    private static T Beside<T>(T value, int direction) => (T)(object)(value switch
    {
        int number => number + direction,
        long number => number + direction,
        float number => direction > 0 ? MathF.BitIncrement(number) : MathF.BitDecrement(number),
        double number => direction > 0 ? Math.BitIncrement(number) : Math.BitDecrement(number),
        TimeSpan time => time + TimeSpan.FromTicks(direction),
        _ => throw new NotSupportedException($"{typeof(T)}"),
    });

    private static (T Smallest, T Largest, object?[] NotFinite) Limits<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Int32 => ((T)(object)int.MinValue, (T)(object)int.MaxValue, []),
        TypeCode.Int64 => ((T)(object)long.MinValue, (T)(object)long.MaxValue, []),
        TypeCode.Single => ((T)(object)float.MinValue, (T)(object)float.MaxValue, [float.NaN, float.PositiveInfinity, float.NegativeInfinity]),
        TypeCode.Double => ((T)(object)double.MinValue, (T)(object)double.MaxValue, [double.NaN, double.PositiveInfinity, double.NegativeInfinity]),
        _ => ((T)(object)TimeSpan.MinValue, (T)(object)TimeSpan.MaxValue, []),
    };
}
