namespace Microsoft.ML.SimpleNn;

/// <summary>Checks what the kernels read weights by, unchecked.</summary>
internal static class SparseIndices
{
    /// <summary>Throws unless the indices of a row's values ascend, and every one is a feature.</summary>
    /// <param name="row">The row, from 0, for the message.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="featureCount">The features.</param>
    /// <exception cref="ArgumentException">An index is none of a feature, or not larger than the one before.</exception>
    public static void Check(int row, ReadOnlySpan<int> indices, int featureCount)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= featureCount)
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Row {row + 1} (counted from 1) has the index {indices[i]}, which is not one of {featureCount} features, 0 to {featureCount - 1}."),
                    nameof(indices));
            if (i > 0 && indices[i] <= indices[i - 1])
                throw new ArgumentException($"The indices of row {row + 1} (counted from 1) do not ascend: {indices[i]} follows {indices[i - 1]}.",
                    nameof(indices));
        }
    }
}
