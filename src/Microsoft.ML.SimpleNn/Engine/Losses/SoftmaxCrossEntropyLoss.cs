using System.Buffers;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// loss = log(sum over j of e^(z_j)) - z_class, delta = softmax(z) - onehot(class). Softmax does not change when all z move together, so
/// the largest is subtracted first, and no exponential overflows.
/// </summary>
/// <param name="smoothing">How much of each target is equal chances for all classes; the loss that is reported is without.</param>
internal sealed class SoftmaxCrossEntropyLoss(float smoothing = 0) : Loss
{
    /// <summary>Rows in a piece of work: one for each lane of the logarithm at its end.</summary>
    private const int RowBlock = Padding.Lanes;

    internal override bool HasAccuracy => true;

    internal override bool GivesProbabilities => true;

    internal override int ClassesOf(int outputs) => outputs;

    internal override int TargetsPerRow(int outputs) => 1;

    internal override Loss WithLabelSmoothing(float smoothing) => smoothing == 0 ? SoftmaxCrossEntropy : new SoftmaxCrossEntropyLoss(smoothing);

    internal override void AddSlopes(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, double weight, ref double first, ref double second)
    {
        double mean = 0, square = 0;
        for (int j = 0; j < outputs.Length; j++)
        {
            mean += (double)predictions[j] * outputs[j];
            square += (double)predictions[j] * outputs[j] * outputs[j];
        }

        first += weight * (mean - outputs[(int)targets[0]]);
        second += weight * (square - mean * mean);
    }

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

    internal override void PredictionSlopes(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double z in outputs) largest = Math.Max(largest, z);
        foreach (double z in outputs) sum += Math.Exp(z - largest);
        double predicted = Math.Exp(outputs[output] - largest) / sum;
        for (int j = 0; j < slopes.Length; j++) slopes[j] = predicted * ((j == output ? 1 : 0) - Math.Exp(outputs[j] - largest) / sum);
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
                Simd.Run(new Softmax(row, outputsPerRow));
                padded.AsSpan(0, outputsPerRow).CopyTo(values);
            }
        }

        ArrayPool<float>.Shared.Return(padded);
    }

    private protected override unsafe void Compute(Workspace workspace)
    {
        Minibatch batch = workspace.Batch;
        CheckClasses(batch.Targets.Span[..batch.Rows], workspace.Outputs);
        ThreadTeam.ForVectors(workspace.Team, (batch.Rows + RowBlock - 1) / RowBlock, (long)batch.Rows * workspace.Outputs * 128, new Rows
        {
            Count = batch.Rows,
            Outputs = workspace.Outputs,
            Z = workspace.Activations[^1].Pointer,
            Delta = workspace.Deltas[^1].Pointer,
            Classes = batch.Targets.Pointer,
            Weights = batch.Weights.Pointer,
            Losses = workspace.RowLosses.Pointer,
            Scale = 1f / batch.Rows,
            Smoothing = smoothing,
        });
    }

    private static void CheckClasses(ReadOnlySpan<float> classes, int outputs)
    {
        foreach (float label in classes)
        {
            if (!(label >= 0 && label < outputs && label == MathF.Floor(label)))
                throw OutOfRange.Exception(nameof(classes), label, $"A target must be a class, a whole number from 0 to {outputs - 1}.");
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

    private readonly unsafe struct Softmax(float* row, int count) : IKernel
    {
        void IKernel.Run<V>() => SoftmaxKernel<V>.Run(row, count, row, out _);
    }

    /// <summary>One piece of work is a block of rows.</summary>
    private unsafe struct Rows : IVectorBody
    {
        public int Count;
        public int Outputs;
        public float* Z;
        public float* Delta;
        public float* Classes;
        public float* Weights;
        public float* Losses;
        public float Scale;
        public float Smoothing;

        readonly void IVectorBody.Run<V>(int index)
        {
            int first = index * RowBlock, rows = Math.Min(RowBlock, Count - first);
            float* sums = stackalloc float[RowBlock], distances = stackalloc float[RowBlock]; // from the label's z up to the largest
            for (int i = 0; i < rows; i++)
            {
                int row = first + i, label = (int)Classes[row];
                float* z = Z + (nint)row * Padding.RoundUp(Outputs);
                (sums[i], float max) = SoftmaxKernel<V>.Gradient(z, Outputs, label, Weights[row] * Scale, Smoothing, Delta + (z - Z));
                distances[i] = max - z[label];
            }

            for (int i = 0; i < RowBlock; i += V.Count)
            {
                // The logarithm of NaN is some number: sum - sum brings the NaN back, and is 0 otherwise.
                V sum = V.Load(sums + i), logarithm = VectorMath<V>.Log(sum) + (sum - sum);
                (logarithm + V.Load(distances + i)).Store(distances + i);
            }

            new ReadOnlySpan<float>(distances, rows).CopyTo(new Span<float>(Losses + first, rows));
        }
    }
}
