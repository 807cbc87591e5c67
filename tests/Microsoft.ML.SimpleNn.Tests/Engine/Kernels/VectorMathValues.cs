using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>The values of a <see cref="VectorFunction"/> at some arguments, at the width that it is run at.</summary>
internal sealed unsafe class VectorMathValues(VectorFunction function, float[] arguments) : IAtWidth
{
    /// <summary>A value for each argument.</summary>
    public float[] Values { get; } = new float[arguments.Length];

    public void Run<TSimd, V>()
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        float* lanes = stackalloc float[Padding.Lanes];
        var block = new Span<float>(lanes, TSimd.Count);
        for (int i = 0; i < arguments.Length; i += TSimd.Count)
        {
            ReadOnlySpan<float> rest = arguments.AsSpan(i);
            rest[..Math.Min(TSimd.Count, rest.Length)].CopyTo(block);
            TSimd.Store(Value<TSimd, V>(TSimd.Load(lanes)), lanes);
            block[..Math.Min(TSimd.Count, rest.Length)].CopyTo(Values.AsSpan(i));
        }
    }

    private V Value<TSimd, V>(V x)
        where TSimd : struct, ISimd<V>
        where V : struct => function switch
        {
            VectorFunction.Exp => VectorMath<TSimd, V>.Exp(x),
            VectorFunction.Log => VectorMath<TSimd, V>.Log(x),
            VectorFunction.Log1Plus => VectorMath<TSimd, V>.Log1Plus(x),
            VectorFunction.Sigmoid => VectorMath<TSimd, V>.Sigmoid(x),
            VectorFunction.Tanh => VectorMath<TSimd, V>.Tanh(x),
            VectorFunction.NormalDistribution => VectorMath<TSimd, V>.NormalDistribution(x),
            VectorFunction.Positive => VectorMath<TSimd, V>.Positive(x),
            VectorFunction.Negate => VectorMath<TSimd, V>.Negate(x),
            _ => throw new ArgumentOutOfRangeException(nameof(x), function, "There is no such function."),
        };
}
