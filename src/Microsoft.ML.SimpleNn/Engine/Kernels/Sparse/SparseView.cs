namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>A matrix of which only what is not zero is stored, as compressed sparse rows.</summary>
/// <param name="starts">[rows + 1]: where each row's values begin.</param>
/// <param name="features">The feature of each value, ascending within a row.</param>
/// <param name="values">The values.</param>
/// <param name="rows">The rows.</param>
internal readonly unsafe struct SparseView(int* starts, int* features, float* values, int rows)
{
    public int* Starts { get; } = starts;

    public int* Features { get; } = features;

    public float* Values { get; } = values;

    public int Rows { get; } = rows;
}
