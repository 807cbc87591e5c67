namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Which kinds of features there are, how each is told, and what is done to it. docs/DEFAULTS.md has the rules, docs/decisions the figures that decided.
/// </summary>
/// <remarks>
/// In this order:
/// <list type="bullet">
/// <item>Constant: the smallest known value is the largest. The network sees 0.</item>
/// <item>Indicator: a slot of a one-hot encoding, by the annotations of the feature column, or a feature that has two values only. 2 (x - mean) / (larger -
/// smaller).</item>
/// <item>Weight: stored in less than half of the rows of sparse data, such as a word's count. Never centred; one scale for all such features, by which a row's
/// inputs have a mean square of 1; but where a feature's values are not of the size of the others', as an income beside words, its own.</item>
/// <item>SameRange: at least 16 features, three in four of them with a range of at least half the largest one, such as pixels. Each is centred, and all are
/// divided by the root of their mean variance.</item>
/// <item>Number: all others, in sparse data those that are stored in half of the rows or more. Centred and divided by deviation, both measured with values
/// beyond the fences (<see cref="RobustScale"/>) held to them, so that one outlier of any size changes little; and bounded far outside.</item>
/// </list>
/// </remarks>
internal static class InputStageRules
{
    /// <summary>So many features of the same range are a picture, a spectrum or the like, and not a table.</summary>
    private const int FewestOfSameRange = 16;

    private const double OfSameRange = 0.75, SameRange = 0.5;

    /// <summary>A number's input stays below this many deviations.</summary>
    private const double Bound = 8;

    private const int MostPieces = 48, FewestPieces = 10, MostPiecesInAll = 1024, RowsOfPiece = 2, MostSteps = 16, MostStepsInAll = 512;

    /// <summary>A sparse feature whose values are so many times larger or smaller than is usual among them has a scale of its own.</summary>
    private const double UsualSize = 10;

    /// <summary>Measures the rows, and decides what is done to each feature.</summary>
    /// <param name="examples">The training rows.</param>
    /// <param name="hints">What is known of the features beforehand.</param>
    /// <param name="threads">The threads to measure with, 1 or more; the stage is the same for any number.</param>
    /// <param name="classes">The number of classes, where targets are classes from 0: a number gets steps where they change. Default: 0, for targets that are
    /// none.</param>
    /// <returns>The stage; its gains are 1.</returns>
    public static InputStage Measure(ExampleSource examples, ColumnHints? hints = null, int threads = 1, int classes = 0)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(classes);
        return Measure(examples.WithoutWeightless(), hints ?? ColumnHints.None, bounded: true, marked: true, classes, threads);
    }

    /// <summary>Measures the rows, and decides what is done to each feature.</summary>
    /// <param name="examples">The training rows.</param>
    /// <param name="hints">What is known of the features beforehand.</param>
    /// <param name="bounded">Whether numbers far outside are bounded; an autoencoder must see how far outside they are.</param>
    /// <param name="marked">Whether features that are missing in some rows get a mark.</param>
    /// <param name="classes">The number of classes that the targets are, by which steps are found; 0 where they are none.</param>
    /// <param name="threads">The threads to measure with, 1 or more; the stage is the same for any number.</param>
    internal static InputStage Measure(ExampleSource examples, ColumnHints hints, bool bounded, bool marked, int classes, int threads)
    {
        ColumnStatistics statistics = examples.Measure(threads);
        bool[] isHinted = hints.Indicators(statistics.Count);
        var kinds = new ColumnKind[statistics.Count];
        for (int i = 0; i < kinds.Length; i++) kinds[i] = KindOf(statistics, i, isHinted[i]);

        int[] numbers = Where(kinds, ColumnKind.Number);
        var sample = ColumnSample.Of(examples, numbers.Length);
        foreach (int feature in numbers)
        {
            if (sample.HasOnly(feature, statistics.Minimum[feature], statistics.Maximum[feature])) kinds[feature] = ColumnKind.Indicator;
        }

        numbers = Where(kinds, ColumnKind.Number);
        if (!statistics.IsSparse && !hints.IsNormalized && HaveSameRange(statistics, numbers))
        {
            foreach (int feature in numbers) kinds[feature] = ColumnKind.SameRange;
            numbers = [];
        }

        bool inPieces = bounded && !statistics.IsSparse;
        int pieces = inPieces ? PiecesFor(numbers.Length, sample.RowsIfRepeated(examples.RowCount)) : 0;
        int steps = pieces == 0 || classes == 0 ? 0 : Math.Min(MostSteps, MostStepsInAll / numbers.Length);
        InputColumn[] measured = sample.Numbers(numbers, statistics, bounded ? Bound : null, new NumberCuts(pieces, steps, classes), threads);
        var columns = new InputColumn[kinds.Length];
        double sharedSpread = SharedSpread(statistics, Where(kinds, ColumnKind.SameRange)), usual = UsualMagnitude(statistics, Where(kinds, ColumnKind.Weight));
        for (int i = 0; i < kinds.Length; i++)
        {
            bool hasMark = marked && statistics.Missing[i] > 0;
            double smallest = statistics.Minimum[i], largest = statistics.Maximum[i], magnitude = Math.Max(Math.Abs(smallest), Math.Abs(largest));
            columns[i] = kinds[i] switch
            {
                ColumnKind.Constant => InputColumn.Constant(statistics.Minimum[i], hasMark),
                ColumnKind.Indicator => InputColumn.Of(ColumnKind.Indicator, statistics.IsSparse && smallest == 0 ? 0 : statistics.Mean[i],
                    (largest - smallest) / 2, magnitude, bound: null, hasMark),
                ColumnKind.Weight => InputColumn.Of(ColumnKind.Weight, 0, WeightSpread(statistics.RootMeanSquareWherePresent(i), usual), magnitude,
                    bound: null, hasMark),
                ColumnKind.SameRange => InputColumn.Of(ColumnKind.SameRange, statistics.Mean[i], sharedSpread, magnitude, bound: null, hasMark),
                _ => InOrder(measured[Array.BinarySearch(numbers, i)] with { HasMark = hasMark }, hints.Directions?[i] ?? 0),
            };
        }

        int inputs = columns.Sum(column => (column.Kind == ColumnKind.Constant ? 0 : 1) + (column.Bins?.Count ?? 0));
        double inputsPerRow = statistics.IsSparse ? Math.Clamp(statistics.ValuesPerRow, 1, Math.Max(1, inputs)) : Math.Max(1, inputs);
        return new InputStage(columns, statistics.IsSparse, inputsPerRow, hints.AcceptsMissing);
    }

    /// <summary>
    /// A number that the outputs are monotone in is seen by its pieces alone, whose arithmetic keeps the order to the bit as that of the bound does not; where
    /// there are none, without a bound.
    /// </summary>
    private static InputColumn InOrder(InputColumn column, int direction) =>
        direction == 0 ? column : column with { InverseBound = 0, Factor = column.Bins == null ? column.Factor : 0 };

    private static ColumnKind KindOf(ColumnStatistics statistics, int feature, bool isHinted)
    {
        if (!(statistics.Maximum[feature] > statistics.Minimum[feature])) return ColumnKind.Constant;
        if (isHinted) return ColumnKind.Indicator;
        return statistics.IsSparse && statistics.Present[feature] < 0.5 ? ColumnKind.Weight : ColumnKind.Number;
    }

    /// <summary>
    /// The pieces of each number: fewer where there are many numbers, so that the first layer stays of the size of the others, and where there are few rows,
    /// which could be told apart by them.
    /// </summary>
    private static int PiecesFor(int numbers, double rows)
    {
        if (numbers == 0) return 0;
        int pieces = (int)Math.Min(MostPieces, Math.Min(MostPiecesInAll, rows / RowsOfPiece) / numbers);
        return pieces >= FewestPieces ? pieces : 0;
    }

    private static bool HaveSameRange(ColumnStatistics statistics, int[] features)
    {
        if (features.Length < FewestOfSameRange) return false;
        double largest = features.Max(Range);
        return features.Count(feature => Range(feature) >= SameRange * largest) >= OfSameRange * features.Length;

        double Range(int feature) => (double)statistics.Maximum[feature] - statistics.Minimum[feature];
    }

    private static double SharedSpread(ColumnStatistics statistics, int[] features) =>
        features.Length == 0 ? 1 : Math.Sqrt(features.Average(feature => statistics.Deviation[feature] * statistics.Deviation[feature]));

    /// <summary>The root mean square of the values other than zero of features whose values are of the usual size: of all rows' values together.</summary>
    private static double UsualMagnitude(ColumnStatistics statistics, int[] features)
    {
        if (features.Length == 0) return 1;
        double[] sizes = [.. features.Select(statistics.RootMeanSquareWherePresent)];
        double[] sorted = [.. sizes.Order()];
        double median = sorted[sorted.Length / 2], squares = 0, values = 0;
        for (int i = 0; i < features.Length; i++)
        {
            if (!IsUsual(sizes[i], median)) continue;
            double present = statistics.Present[features[i]];
            squares += present * sizes[i] * sizes[i];
            values += present;
        }

        return Math.Sqrt(squares / values);
    }

    private static double WeightSpread(double size, double usual) => IsUsual(size, usual) ? usual : size;

    private static bool IsUsual(double size, double usual) => size <= UsualSize * usual && usual <= UsualSize * size;

    private static int[] Where(ColumnKind[] kinds, ColumnKind kind) => [.. Enumerable.Range(0, kinds.Length).Where(feature => kinds[feature] == kind)];
}
