using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// A loss of one output at a time, averaged over a row's outputs. A target that is NaN is missing: its output has loss 0 and delta 0, and the row's
/// mean is still taken over all outputs, so that each known target counts alike.
/// </summary>
/// <param name="loss">The formula.</param>
internal class ElementwiseLoss<TLoss>(TLoss loss) : Loss
    where TLoss : unmanaged, IElementLoss
{
    internal override bool HasAccuracy => TLoss.HasAccuracy;

    internal override TargetUnit TargetUnit => TLoss.TargetUnit;

    internal override int TargetsPerRow(int outputs) => outputs;

    internal override double WeightOfRight(Workspace workspace)
    {
        Minibatch batch = workspace.Batch;
        int outputs = workspace.Outputs;
        int stride = Padding.RoundUp(outputs);
        ReadOnlySpan<float> z = workspace.Activations[^1].Span, t = batch.Targets.Span;
        double right = 0;
        for (int row = 0; row < batch.Rows; row++)
        {
            bool all = true;
            for (int i = 0; i < outputs; i++) all &= float.IsNaN(t[row * outputs + i]) || (z[row * stride + i] > 0) == (t[row * outputs + i] > 0.5f);
            if (all) right += batch.Weights.Span[row];
        }

        return right;
    }

    private protected override unsafe void Predict(Span<float> outputs, int outputsPerRow)
    {
        float* lanes = stackalloc float[Padding.Lanes];
        var padded = new Span<float>(lanes, Padding.Lanes);
        for (int i = 0; i < outputs.Length; i += Padding.Lanes)
        {
            Span<float> values = outputs.Slice(i, Math.Min(Padding.Lanes, outputs.Length - i));
            padded.Clear();
            values.CopyTo(padded);
            if (Simd.Is512) ElementLossKernel<TLoss, Floats512>.Predict(lanes);
            else if (Simd.Is256) ElementLossKernel<TLoss, Floats256>.Predict(lanes);
            else ElementLossKernel<TLoss, Floats128>.Predict(lanes);
            padded[..values.Length].CopyTo(values);
        }
    }

    private protected override unsafe void Compute(Workspace workspace)
    {
        Minibatch batch = workspace.Batch;
        ThreadTeam.For(workspace.Team, batch.Rows, (long)batch.Rows * workspace.Outputs * 128, new Rows
        {
            Loss = loss,
            Outputs = workspace.Outputs,
            Z = workspace.Activations[^1].Pointer,
            Delta = workspace.Deltas[^1].Pointer,
            Targets = batch.Targets.Pointer,
            Weights = batch.Weights.Pointer,
            Losses = workspace.RowLosses.Pointer,
            Scale = 1f / ((float)batch.Rows * workspace.Outputs),
        });
        GC.KeepAlive(this);
    }

    private unsafe struct Rows : IParallelBody
    {
        public TLoss Loss;
        public int Outputs;
        public float* Z;
        public float* Delta;
        public float* Targets;
        public float* Weights;
        public float* Losses;
        public float Scale;

        public readonly void Run(int row)
        {
            nint start = (nint)row * Padding.RoundUp(Outputs);
            float* targets = Targets + (nint)row * Outputs;
            float factor = Weights[row] * Scale;
            float sum;
            if (Simd.Is512) sum = ElementLossKernel<TLoss, Floats512>.Run(Loss, Z + start, targets, Outputs, factor, Delta + start);
            else if (Simd.Is256) sum = ElementLossKernel<TLoss, Floats256>.Run(Loss, Z + start, targets, Outputs, factor, Delta + start);
            else sum = ElementLossKernel<TLoss, Floats128>.Run(Loss, Z + start, targets, Outputs, factor, Delta + start);
            Losses[row] = sum / Outputs;
        }
    }
}
