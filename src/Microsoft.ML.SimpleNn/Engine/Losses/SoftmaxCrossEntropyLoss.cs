using System.Buffers;
using System.Runtime.Intrinsics;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// loss = log(sum over j of e^(z_j)) - z_class, delta = softmax(z) - onehot(class). Softmax does not change when all z move together, so
/// the largest is subtracted first, and no exponential overflows.
/// </summary>
internal sealed class SoftmaxCrossEntropyLoss : Loss
{
    internal override bool HasAccuracy => true;

    internal override int TargetsPerRow(int outputs) => 1;

    internal override double WeightOfRight(Workspace workspace)
    {
        Minibatch batch = workspace.Batch;
        int outputs = workspace.Outputs;
        int stride = Padding.RoundUp(outputs);
        ReadOnlySpan<float> z = workspace.Activations[^1].Span;
        double right = 0;
        for (int row = 0; row < batch.Rows; row++)
        {
            // IndexOfMax gives the first of equals, as ML.NET's PredictedLabel does.
            if (IndexOfMax(z.Slice(row * stride, outputs)) == (int)batch.Targets.Span[row]) right += batch.Weights.Span[row];
        }

        return right;
    }

    private protected override unsafe void Predict(Span<float> outputs, int outputsPerRow)
    {
        // Not from the stack: there can be millions of classes.
        float[] padded = ArrayPool<float>.Shared.Rent(Padding.RoundUp(outputsPerRow));
        fixed (float* row = padded)
        {
            for (int first = 0; first < outputs.Length; first += outputsPerRow)
            {
                Span<float> values = outputs.Slice(first, outputsPerRow);
                values.CopyTo(padded);
                Softmax(row, outputsPerRow, row, out _);
                padded.AsSpan(0, outputsPerRow).CopyTo(values);
            }
        }

        ArrayPool<float>.Shared.Return(padded);
    }

    private protected override unsafe void Compute(Workspace workspace)
    {
        Minibatch batch = workspace.Batch;
        CheckClasses(batch.Targets.Span[..batch.Rows], workspace.Outputs);
        ThreadTeam.For(workspace.Team, batch.Rows, (long)batch.Rows * workspace.Outputs * 16, new Rows
        {
            Outputs = workspace.Outputs,
            Z = workspace.Activations[^1].Pointer,
            Delta = workspace.Deltas[^1].Pointer,
            Classes = batch.Targets.Pointer,
            Weights = batch.Weights.Pointer,
            Losses = workspace.RowLosses.Pointer,
            Scale = 1f / batch.Rows,
        });
    }

    private static void CheckClasses(ReadOnlySpan<float> classes, int outputs)
    {
        foreach (float label in classes)
        {
            if (!(label >= 0 && label < outputs && label == MathF.Floor(label)))
                throw new ArgumentOutOfRangeException(nameof(classes), label, $"A target must be a class, a whole number from 0 to {outputs - 1}.");
        }
    }

    private static int IndexOfMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best]) best = i;
        }

        return best;
    }

    /// <summary>p = softmax(z) over padded rows; z and p may be the same. Returns log(sum of e^(z - max)).</summary>
    private static unsafe float Softmax(float* z, int count, float* p, out float max)
    {
        if (Simd.Is512) return SoftmaxKernel<Simd512, Vector512<float>>.Run(z, count, p, out max);
        if (Simd.Is256) return SoftmaxKernel<Simd256, Vector256<float>>.Run(z, count, p, out max);
        return SoftmaxKernel<Simd128, Vector128<float>>.Run(z, count, p, out max);
    }

    private unsafe struct Rows : IParallelBody
    {
        public int Outputs;
        public float* Z;
        public float* Delta;
        public float* Classes;
        public float* Weights;
        public float* Losses;
        public float Scale;

        public readonly void Run(int row)
        {
            nint start = (nint)row * Padding.RoundUp(Outputs);
            float* delta = Delta + start;
            int label = (int)Classes[row];
            float logOfSum = Softmax(Z + start, Outputs, delta, out float max);
            Losses[row] = logOfSum + (max - Z[start + label]);
            delta[label] -= 1;
            float factor = Weights[row] * Scale;
            for (int i = 0; i < Outputs; i++) delta[i] *= factor;
        }
    }
}
