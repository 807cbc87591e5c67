namespace Microsoft.ML.SimpleNn;

/// <summary>What an <see cref="InputStage"/> does to one feature: (x unit - centre) factor, bounded where it says so.</summary>
/// <param name="Kind">What the feature was taken for.</param>
/// <param name="Unit">A power of two.</param>
/// <param name="Centre">What is subtracted then, in that unit.</param>
/// <param name="Factor">What it is multiplied by; 0 for a constant.</param>
/// <param name="InverseBound">1 over the size that the result stays below; 0 for no bound.</param>
/// <param name="HasMark">Whether an input of its own says that the feature is missing.</param>
internal readonly record struct InputColumn(ColumnKind Kind, float Unit, float Centre, float Factor, float InverseBound, bool HasMark)
{
    /// <summary>The pieces that the feature is an input in as well; null for none.</summary>
    public InputBins? Bins { get; init; }

    /// <summary>Spreads within these bounds, and so their inverses, are far from the ends of single precision.</summary>
    private const double SmallestSpread = 1e-18, LargestSpread = 1e18;

    /// <summary>A feature that is centred and divided by a spread.</summary>
    /// <param name="kind">What the feature was taken for.</param>
    /// <param name="centre">The centre, in the unit of the data.</param>
    /// <param name="spread">What becomes 1, above 0.</param>
    /// <param name="largest">The largest magnitude of a value.</param>
    /// <param name="bound">What the result stays below, in that spread; null for no bound.</param>
    /// <param name="hasMark">Whether it has a mark.</param>
    public static InputColumn Of(ColumnKind kind, double centre, double spread, double largest, double? bound, bool hasMark)
    {
        bool isOrdinary = spread is >= SmallestSpread and <= LargestSpread && largest <= LargestSpread;
        // 2^-e brings the spread, which lies from 2^e up to 2^(e + 1), to from 1 up to 2; single precision ends at 2^127 and 2^-126.
        float unit = isOrdinary ? 1 : (float)Math.ScaleB(1, Math.Clamp(-Math.ILogB(spread), -126, 127));
        return new InputColumn(kind, unit, (float)(centre * unit), (float)(1 / (spread * unit)), bound is double size ? (float)(1 / size) : 0, hasMark);
    }

    /// <summary>A feature that says nothing: it becomes 0, whatever it is.</summary>
    /// <param name="value">The value that it had.</param>
    /// <param name="hasMark">Whether it has a mark.</param>
    public static InputColumn Constant(float value, bool hasMark)
    {
        float unit = Math.Abs(value) <= LargestSpread ? 1 : 0.25f; // the difference of two values is then finite
        return new(ColumnKind.Constant, unit, value * unit, 0, 0, hasMark);
    }

    /// <summary>The feature's value for an input.</summary>
    public (double Scale, double Offset) Inverse => (Factor == 0 ? 0 : 1 / ((double)Factor * Unit), (double)Centre / Unit);
}
