namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>A matrix, row after row.</summary>
/// <param name="pointer">Its first number.</param>
/// <param name="rows">Its rows.</param>
/// <param name="stride">The floats from row to row.</param>
internal readonly unsafe struct MatrixView(float* pointer, int rows, nint stride)
{
    public float* Pointer { get; } = pointer;

    public int Rows { get; } = rows;

    public nint Stride { get; } = stride;
}
