using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>What is done to each of a number of features, as <see cref="InputKernel"/> takes it; every third one has no bound.</summary>
internal sealed unsafe class Inputs
{
    private readonly GuardedBuffer _unit, _centre, _factor, _inverseBound, _gain;

    public Inputs(int count)
    {
        (_centre, _factor, _gain) = (GuardedBuffer.Of(Samples.Create(count, seed: 5)), GuardedBuffer.Of(Samples.Create(count, seed: 6)), GuardedBuffer.Of(Samples.Create(count, seed: 7)));
        _unit = GuardedBuffer.Of([.. Enumerable.Range(0, count).Select(i => i % 4 == 0 ? 0.25f : 1)]);
        _inverseBound = GuardedBuffer.Of([.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? 0 : 1 / 8f)]);
    }

    public InputKernel.Arrays Arrays => new()
    {
        Unit = _unit.Pointer,
        Centre = _centre.Pointer,
        Factor = _factor.Pointer,
        InverseBound = _inverseBound.Pointer,
        Gain = _gain.Pointer,
    };

    /// <summary>The input that a value gives.</summary>
    public float Of(float x, int i)
    {
        float z = Math.Clamp((x * _unit.Span[i] - _centre.Span[i]) * _factor.Span[i], -1e15f, 1e15f), scaled = z * _inverseBound.Span[i];
        return z / MathF.Sqrt(MathF.FusedMultiplyAdd(scaled, scaled, 1)) * _gain.Span[i];
    }
}
