using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Learns the gains of an <see cref="InputStage"/> (the scaling layer of D. Holzmueller et al. 2024, Better by Default). With x = gain z the first layer's
/// input and dW = dy^T x its gradient, the gradient of the loss by an input's gain is sum over outputs j of W_j dW_j, divided by the gain: no further product
/// of matrices.
/// On sparse rows a gain takes a step when its input occurs in the minibatch.
/// </summary>
internal sealed unsafe class InputGains
{
    /// <summary>No gain comes nearer to 0, from which it could not return.</summary>
    internal const float SmallestGain = 1e-6f;

    private readonly InputStage _stage;
    private readonly int _panels, _length;
    private readonly AlignedBuffer _products, _gradients;
    private readonly AlignedBuffer[] _slots, _occurring;

    /// <summary>Begins with a memory of zeros.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="layer">The first layer.</param>
    /// <param name="slotCount">The floats that the optimizer remembers for each gain.</param>
    /// <param name="sparse">Whether the rows are sparse.</param>
    public InputGains(InputStage stage, DenseLayer layer, int slotCount, bool sparse)
    {
        _stage = stage;
        _length = Padding.RoundUp(stage.Width);
        _panels = sparse ? 1 : layer.Layout.Count;
        _products = new AlignedBuffer((long)_length * _panels + Padding.Lanes); // of sparse rows the biases too
        _gradients = new AlignedBuffer(_length);
        _slots = Buffers(slotCount);
        _occurring = sparse ? Buffers(1 + slotCount) : [];
    }

    /// <summary>What the optimizer remembers, a number for each input; padded.</summary>
    public IReadOnlyList<AlignedBuffer> Slots => _slots;

    /// <summary>
    /// Takes sum over outputs of W dW: of dense rows for the outputs of each panel [panels x padded inputs], of sparse rows for the inputs that occur.
    /// </summary>
    public float* Products => _products.Pointer;

    /// <summary>A step of all gains.</summary>
    public void StepDense<TRule>(TRule rule)
        where TRule : unmanaged, IUpdateRule
    {
        float* gradients = _gradients.Pointer, products = Products, gains = _stage.Gain.Pointer;
        for (int i = 0; i < _stage.Width; i++)
        {
            float sum = products[i];
            for (int panel = 1; panel < _panels; panel++) sum += products[(nint)panel * _length + i];
            gradients[i] = sum / gains[i];
        }

        Update(rule, gains, _slots, gradients, _length);
        for (int i = 0; i < _stage.Width; i++) gains[i] = AwayFromZero(gains[i]);
        _stage.GainsChanged();
    }

    /// <summary>A step of the gains of the inputs that occur in a minibatch.</summary>
    public void StepSparse<TRule>(TRule rule, SparseColumns columns)
        where TRule : unmanaged, IUpdateRule
    {
        int count = columns.Count - 1, padded = Padding.RoundUp(count); // the last one is for the biases
        float* gradients = _gradients.Pointer, products = Products, gains = _occurring[0].Pointer;
        for (int j = 0; j < count; j++)
        {
            int input = columns.Occurring[j];
            gains[j] = _stage.Gain.Pointer[input];
            gradients[j] = products[j] / gains[j];
            for (int slot = 0; slot < _slots.Length; slot++) _occurring[1 + slot].Pointer[j] = _slots[slot].Pointer[input];
        }

        Update(rule, gains, _occurring.AsSpan(1), gradients, padded);
        for (int j = 0; j < count; j++)
        {
            int input = columns.Occurring[j];
            _stage.SetGain(input, AwayFromZero(gains[j]));
            for (int slot = 0; slot < _slots.Length; slot++) _slots[slot].Pointer[input] = _occurring[1 + slot].Pointer[j];
        }
    }

    /// <summary>Takes over the memory of another run.</summary>
    public void CopyFrom(InputGains other)
    {
        for (int slot = 0; slot < _slots.Length; slot++) other._slots[slot].Span.CopyTo(_slots[slot].Span);
    }

    private static float AwayFromZero(float gain) => Math.Abs(gain) >= SmallestGain ? gain : gain < 0 ? -SmallestGain : SmallestGain;

    private static void Update<TRule>(TRule rule, float* gains, ReadOnlySpan<AlignedBuffer> slots, float* gradients, int length)
        where TRule : unmanaged, IUpdateRule => UpdateKernel.Run(new UpdateInPlace<TRule>(gains, slots, rule), 0, length, gradients);

    private AlignedBuffer[] Buffers(int count) => [.. Enumerable.Range(0, count).Select(_ => new AlignedBuffer(_length))];
}
