namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The gradient of the loss by a layer's u, with room for a copy of it, transposed or in panels.</summary>
/// <param name="pointer">dU [rows x padded outputs], zero in the padding.</param>
/// <param name="rows">The rows of the minibatch.</param>
/// <param name="strips">The room: rows rounded up to 16, times the padded outputs.</param>
internal readonly unsafe struct DeltaView(float* pointer, int rows, float* strips)
{
    public float* Pointer { get; } = pointer;

    public int Rows { get; } = rows;

    public float* Strips { get; } = strips;
}
