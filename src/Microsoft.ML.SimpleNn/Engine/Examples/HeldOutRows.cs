namespace Microsoft.ML.SimpleNn;

/// <summary>Chooses rows in memory that are not trained on but measured, of each class alike where the targets are classes.</summary>
internal static class HeldOutRows
{
    /// <summary>The fold of a row that is never held out.</summary>
    public const int InEveryTraining = -1;

    /// <summary>
    /// Divides rows into folds of about the same size: the fold of each row, or <see cref="InEveryTraining"/> for the only row of its class, which nothing
    /// could foretell if it were held out.
    /// </summary>
    /// <param name="examples">The rows.</param>
    /// <param name="byClass">Whether the targets are classes, each of which is divided alike.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">Decides which rows.</param>
    public static int[] Folds(ExampleSet examples, bool byClass, int folds, int seed)
    {
        RandomSource random = new(seed, RandomStream.Validation);
        int[] foldOfRow = new int[examples.Count];
        int next = 0;
        foreach (int[] group in Groups(examples, byClass))
        {
            random.Shuffle(group);
            foreach (int row in group)
                foldOfRow[row] = group.Length == 1 ? InEveryTraining : next++ % folds;
        }
        return foldOfRow;
    }

    /// <summary>Chooses rows.</summary>
    /// <param name="examples">The rows.</param>
    /// <param name="byClass">Whether the targets are classes, of which each gives its fraction, rounded up at most, and keeps a row or more.</param>
    /// <param name="fraction">The fraction of the rows.</param>
    /// <param name="seed">Decides which rows.</param>
    /// <returns>[rows]: whether each is chosen.</returns>
    public static bool[] Choose(ExampleSet examples, bool byClass, double fraction, int seed)
    {
        RandomSource random = new(seed, RandomStream.Validation);
        bool[] heldOut = new bool[examples.Count];
        // What is due but cannot be taken from a small class is taken from the next, so that the total comes right; but a long tail of rare classes must not
        // cost the next one most of its rows.
        double due = 0;
        foreach (int[] group in Groups(examples, byClass))
        {
            random.Shuffle(group);
            due += fraction * group.Length;
            int most = Math.Min((int)Math.Ceiling(fraction * group.Length), group.Length - 1), taken = Math.Min((int)due, most);
            due -= taken;
            foreach (int row in group.AsSpan(0, taken))
                heldOut[row] = true;
        }
        return heldOut;
    }

    private static IEnumerable<int[]> Groups(ExampleSet examples, bool byClass)
    {
        IEnumerable<int> rows = Enumerable.Range(0, examples.Count);
        return byClass
            ? rows.GroupBy(row => examples.Target(row)).OrderBy(group => group.Key).Select(group => group.ToArray())
            : [rows.ToArray()];
    }
}
