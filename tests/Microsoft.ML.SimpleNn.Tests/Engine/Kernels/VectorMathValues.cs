using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>The values of a <see cref="VectorFunction"/> at some arguments, at the width that it is run at.</summary>
internal sealed unsafe class VectorMathValues(VectorFunction function, float[] arguments) : IKernel
{
    /// <summary>A value for each argument.</summary>
    public float[] Values { get; } = new float[arguments.Length];

    public void Run<V>()
        where V : struct, IFloats<V>
    {
        float* lanes = stackalloc float[Padding.Lanes];
        var block = new Span<float>(lanes, V.Count);
        for (int i = 0; i < arguments.Length; i += V.Count)
        {
            ReadOnlySpan<float> rest = arguments.AsSpan(i);
            rest[..Math.Min(V.Count, rest.Length)].CopyTo(block);
            Value<V>(V.Load(lanes)).Store(lanes);
            block[..Math.Min(V.Count, rest.Length)].CopyTo(Values.AsSpan(i));
        }
    }

    private V Value<V>(V x)
        where V : struct, IFloats<V> => function switch
        {
            VectorFunction.Exp => VectorMath<V>.Exp(x),
            VectorFunction.Log => VectorMath<V>.Log(x),
            VectorFunction.Log1Plus => VectorMath<V>.Log1Plus(x),
            VectorFunction.Sigmoid => VectorMath<V>.Sigmoid(x),
            VectorFunction.Tanh => VectorMath<V>.Tanh(x),
            VectorFunction.NormalDistribution => VectorMath<V>.NormalDistribution(x),
            VectorFunction.Positive => VectorMath<V>.Positive(x),
            VectorFunction.Negate => -x,
            _ => throw new ArgumentOutOfRangeException(nameof(x), function, "There is no such function."),
        };
}
