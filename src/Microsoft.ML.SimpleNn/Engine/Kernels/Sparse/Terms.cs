namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The rows of a matrix that a <see cref="SparseCombination{V}"/> adds up.</summary>
/// <param name="rows">Which rows.</param>
/// <param name="factors">What each is multiplied by.</param>
/// <param name="count">How many.</param>
internal readonly unsafe struct Terms(int* rows, float* factors, int count)
{
    public int* Rows { get; } = rows;

    public float* Factors { get; } = factors;

    public int Count { get; } = count;
}
