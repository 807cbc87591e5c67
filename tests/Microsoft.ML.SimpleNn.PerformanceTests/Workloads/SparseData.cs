namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>Rows as hashed text gives them: some features of very many, none of them twice.</summary>
internal static class SparseData
{
    private const int Seed = 1;
    private const int Classes = 2;

    /// <summary>Draws rows whose class some of the features tell.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="features">The features of a row.</param>
    /// <param name="values">How many of them are not zero.</param>
    /// <param name="zipf">Whether feature k occurs about as often as 1 / k, as words do (G. Zipf 1935); else each as often as any other.</param>
    public static SparseExamples Create(int rows, int features, int values, bool zipf)
    {
        var random = new Random(Seed);
        var chosen = new HashSet<int>();
        int[] indices = new int[rows * values];
        float[] numbers = new float[rows * values], classes = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            chosen.Clear();
            while (chosen.Count < values) chosen.Add(zipf ? Scatter(ZipfRank(random, features), features) : random.Next(features));
            Span<int> ofRow = indices.AsSpan(row * values, values);
            chosen.CopyTo(indices, row * values);
            ofRow.Sort();
            int score = 0;
            for (int i = 0; i < values; i++)
            {
                numbers[row * values + i] = 1 + random.NextSingle();
                score += ofRow[i] % 7 == 0 ? 1 : ofRow[i] % 7 == 1 ? -1 : 0;
            }

            classes[row] = score > 0 ? 1 : 0;
        }

        return new SparseExamples([.. Enumerable.Range(0, rows + 1).Select(row => (long)row * values)], indices, numbers, features, classes);
    }

    /// <summary>A rank with a probability of about 1 / rank, by the inverse of the logarithm.</summary>
    private static int ZipfRank(Random random, int features) => (int)Math.Min(features - 1, Math.Pow(features, random.NextDouble()) - 1);

    /// <summary>Frequent features do not lie side by side, as hashing leaves them: multiplied by a prime that the number of features does not have.</summary>
    private static int Scatter(int rank, int features) => (int)(rank * 7_368_787L % features);
}
