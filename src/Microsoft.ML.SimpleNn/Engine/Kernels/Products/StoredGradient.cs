namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>The gradient is kept: for clipping by its norm, penalties, L-BFGS, and whoever wants to look at it.</summary>
/// <param name="gradient">The gradient, laid out as the parameters are.</param>
internal readonly unsafe struct StoredGradient(float* gradient) : IGradientTarget
{
    public float* Place(int first, int count, float* scratch) => gradient + first;

    public void Take<V>(int first, int count, float* gradient, bool isShared)
        where V : struct, IFloats<V>
    {
        // It lies where it belongs.
    }
}
