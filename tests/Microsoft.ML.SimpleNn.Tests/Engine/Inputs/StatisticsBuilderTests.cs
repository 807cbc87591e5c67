namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What is measured of columns, dense and sparse, against sums over the values written out.</summary>
[TestClass]
public sealed class StatisticsBuilderTests
{
    private const int Features = 19; // a whole vector of any width and a rest
    private const int Rows = 9;

    [TestMethod]
    [DataRow(0f, 0f, DisplayName = "around zero")]
    [DataRow(1e6f, 0f, DisplayName = "far from zero")]
    [DataRow(0f, 0.3f, DisplayName = "with gaps")]
    [DataRow(-50f, 0.6f, DisplayName = "with many gaps, below zero")]
    public void Dense_columns_have_the_moments_of_their_known_values(float offset, float missing)
    {
        float[] x = Table(offset, missing, zeros: 0);
        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => 1f + row % 3)];
        var builder = new DenseStatisticsBuilder(Features);
        for (int row = 0; row < Rows; row++) builder.Add(x.AsSpan(row * Features, Features), weights[row]);

        AssertStatistics(builder.Build(), x, weights, isSparse: false);
        Assert.AreEqual(Features, builder.Build().ValuesPerRow);
    }

    [TestMethod]
    [DataRow(0f, 0f, 0.7f, DisplayName = "mostly zeros")]
    [DataRow(5f, 0f, 0.3f, DisplayName = "above zero")]
    [DataRow(-5f, 0.2f, 0.3f, DisplayName = "below zero, with gaps")]
    [DataRow(5f, 0.2f, 0f, DisplayName = "no zeros")]
    public void Sparse_columns_have_those_of_the_values_with_the_zeros(float offset, float missing, float zeros)
    {
        float[] x = Table(offset, missing, zeros);
        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => 1f + row % 3)];
        SparseStatisticsBuilder sparse = new(Features), whole = new(Features);
        double values = 0;
        for (int row = 0; row < Rows; row++)
        {
            float[] features = x[(row * Features)..((row + 1) * Features)];
            int[] indices = [.. Enumerable.Range(0, Features).Where(i => features[i] != 0)];
            sparse.Add(Array.ConvertAll(indices, i => features[i]), indices, weights[row]);
            whole.Add(features, [], weights[row]);
            values += weights[row] * features.Count(value => value != 0 && !float.IsNaN(value));
        }

        AssertStatistics(sparse.Build(), x, weights, isSparse: true);
        AssertStatistics(whole.Build(), x, weights, isSparse: true);
        Assert.AreEqual(values / weights.Sum(), sparse.Build().ValuesPerRow, 1e-12);
    }

    [TestMethod]
    public void Columns_measured_in_parts_are_the_columns()
    {
        float[] x = Table(3, 0.2f, 0);
        var rows = new DenseExamples(x, Features, new float[Rows]);
        ColumnStatistics one = rows.Measure(threads: 1);
        foreach (int threads in new[] { 2, 3, 7, 19, 40 })
        {
            ColumnStatistics parts = rows.Measure(threads);
            CollectionAssert.AreEqual(one.Mean, parts.Mean);
            CollectionAssert.AreEqual(one.Deviation, parts.Deviation);
            CollectionAssert.AreEqual(one.Minimum, parts.Minimum);
            CollectionAssert.AreEqual(one.Maximum, parts.Maximum);
            CollectionAssert.AreEqual(one.Missing, parts.Missing);
            CollectionAssert.AreEqual(one.Present, parts.Present);
        }
    }

    [TestMethod]
    public void The_root_mean_square_is_that_where_there_is_a_value()
    {
        // Of four rows two are 0, the others 3 and 5: mean 2, mean square 8.5, and 17 where there is one.
        var builder = new SparseStatisticsBuilder(2);
        builder.Add([3], [0], 1);
        builder.Add([5], [0], 1);
        builder.Add([], [], 2);

        Assert.AreEqual(Math.Sqrt(17), builder.Build().RootMeanSquareWherePresent(0), 1e-12);
        Assert.AreEqual(0.0, builder.Build().RootMeanSquareWherePresent(1));
    }

    [TestMethod]
    public void Without_rows_there_is_nothing_to_say() =>
        Assert.AreEqual("There are no rows.", Assert.ThrowsExactly<InvalidOperationException>(() => new DenseStatisticsBuilder(2).Build()).Message);

    private static void AssertStatistics(ColumnStatistics statistics, float[] x, float[] weights, bool isSparse)
    {
        Assert.AreEqual((Features, isSparse), (statistics.Count, statistics.IsSparse));
        for (int i = 0; i < Features; i++)
        {
            (double Value, double Weight)[] all = [.. weights.Select((weight, row) => ((double)x[row * Features + i], (double)weight))];
            (double Value, double Weight)[] known = [.. all.Where(one => !double.IsNaN(one.Value))];
            double total = known.Sum(one => one.Weight), mean = total == 0 ? 0 : known.Sum(one => one.Weight * one.Value) / total;
            double variance = total == 0 ? 0 : known.Sum(one => one.Weight * (one.Value - mean) * (one.Value - mean)) / total;
            Assert.AreEqual(mean, statistics.Mean[i], 1e-9 * (1 + Math.Abs(mean)), $"mean {i}");
            Assert.AreEqual(Math.Sqrt(variance), statistics.Deviation[i], 1e-7 * (1 + Math.Sqrt(variance)), $"deviation {i}");
            Assert.AreEqual(total == 0 ? 0 : (float)known.Min(one => one.Value), statistics.Minimum[i], $"minimum {i}");
            Assert.AreEqual(total == 0 ? 0 : (float)known.Max(one => one.Value), statistics.Maximum[i], $"maximum {i}");
            Assert.AreEqual(1 - total / weights.Sum(), statistics.Missing[i], 1e-12, $"missing {i}");
            double present = !isSparse ? 1 : total == 0 ? 0 : known.Where(one => one.Value != 0).Sum(one => one.Weight) / total;
            Assert.AreEqual(present, statistics.Present[i], 1e-12, $"present {i}");
        }
    }

    /// <summary>Column 4 is never known where there are gaps, and column 5 is known in the last row alone.</summary>
    private static float[] Table(float offset, float missing, float zeros)
    {
        var random = new Random(3);
        float[] x = new float[Rows * Features];
        for (int k = 0; k < x.Length; k++)
        {
            (int row, int column) = (k / Features, k % Features);
            x[k] = random.NextDouble() < zeros ? 0 : offset + column + 4 * (random.NextSingle() - 0.5f);
            if (random.NextDouble() < missing || (missing > 0 && (column == 4 || (column == 5 && row < Rows - 1)))) x[k] = float.NaN;
        }

        return x;
    }
}
