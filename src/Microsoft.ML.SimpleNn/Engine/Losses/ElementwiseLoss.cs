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

    internal override void PredictionSlopes(ReadOnlySpan<double> outputs, int output, Span<double> slopes)
    {
        slopes.Clear();
        slopes[output] = TLoss.PredictionSlope(outputs[output]);
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
            Simd.Run(new Prediction(lanes));
            padded[..values.Length].CopyTo(values);
        }
    }

    private protected override unsafe void Compute(Workspace workspace)
    {
        Minibatch batch = workspace.Batch;
        ThreadTeam.ForVectors(workspace.Team, batch.Rows, (long)batch.Rows * workspace.Outputs * 128, new Rows
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

    private readonly unsafe struct Prediction(float* outputs) : IKernel
    {
        void IKernel.Run<V>() => ElementLossKernel<TLoss, V>.Predict(outputs);
    }

    private unsafe struct Rows : IVectorBody
    {
        public TLoss Loss;
        public int Outputs;
        public float* Z;
        public float* Delta;
        public float* Targets;
        public float* Weights;
        public float* Losses;
        public float Scale;

        readonly void IVectorBody.Run<V>(int row)
        {
            nint start = (nint)row * Padding.RoundUp(Outputs);
            float* targets = Targets + (nint)row * Outputs;
            float factor = Weights[row] * Scale;
            Losses[row] = ElementLossKernel<TLoss, V>.Run(Loss, Z + start, targets, Outputs, factor, Delta + start) / Outputs;
        }
    }
}
