using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What is done to a row of features before the first layer sees it: each feature is centred and scaled as befits its kind, and a number that is missing
/// becomes its column's centre and a mark. The stage is a part of the network: it is measured on the training rows, saved with the weights, and the same
/// arithmetic in training and in scoring, so that the network that is used is the one that was validated.
/// </summary>
/// <remarks>
/// <code>
/// z = (x unit - centre) factor,   bounded: z / sqrt(1 + (z / bound)^2),   times gain
/// </code>
/// <see cref="InputStageRules"/> says which kinds of features there are and what is measured for each. Unit is a power of two that keeps features of tiny or
/// huge spread within the numbers of single precision; it is 1 for all others. Gain begins as 1 and is learned with the weights, where the optimizer has a rate
/// for it (<see cref="Parametrization.NeuralTangent"/>): a feature that helps grows. A feature that was missing in a training row has a second input, 1 where
/// it is
/// missing and 0 where it is known. Nothing of this is folded into the first layer's weights, where a feature whose mean is far above its spread would lose
/// its digits.
/// </remarks>
public sealed unsafe class InputStage
{
    private readonly ColumnKind[] _kinds;
    private readonly PinnedArray<int> _marks, _centred;
    private readonly PinnedArray<bool> _isCentred;
    private readonly AlignedBuffer _unit, _centre, _factor, _inverseBound, _scale;

    /// <summary>Of the inputs from the first piece on: what <see cref="InputBins"/> has of each.</summary>
    private readonly AlignedBuffer _lower, _slope, _mean;

    /// <summary>The features that have pieces, and where each one's begin; the last entry is their number.</summary>
    private readonly PinnedArray<int> _binned, _firstBins;

    /// <summary>Creates a stage; gains are 1.</summary>
    /// <param name="columns">What is done to each feature.</param>
    /// <param name="sparse">Whether rows are stored sparsely when the network is trained.</param>
    /// <param name="inputsPerRow">About how many inputs of a row are other than zero.</param>
    /// <param name="acceptsMissing">Whether features may be missing.</param>
    internal InputStage(IReadOnlyList<InputColumn> columns, bool sparse, double inputsPerRow, bool acceptsMissing = true)
    {
        AcceptsMissing = acceptsMissing;
        Features = columns.Count;
        IsSparse = sparse;
        InputsPerRow = inputsPerRow;
        _kinds = new ColumnKind[Features];
        for (int i = 0; i < Features; i++) _kinds[i] = columns[i].Kind;
        _marks = Pinned([.. Enumerable.Range(0, Features).Where(feature => columns[feature].HasMark)]);
        _binned = Pinned([.. Enumerable.Range(0, Features).Where(feature => columns[feature].Bins != null)]);
        _firstBins = new PinnedArray<int>(_binned.Length + 1);
        InputBins[] bins = [.. columns.Where(column => column.Bins != null).Select(column => column.Bins!)];
        for (int i = 0; i < bins.Length; i++) _firstBins.Span[i + 1] = _firstBins.Span[i] + bins[i].Count;
        Width = Features + _marks.Length + _firstBins.Span[bins.Length];
        int length = Padding.RoundUp(Width);
        (_unit, _centre, _factor, _inverseBound, _scale, Gain) = (new(length), new(length), new(length), new(length), new(length), new(length));
        for (int i = 0; i < Features; i++)
        {
            InputColumn column = columns[i];
            (_unit.Span[i], _centre.Span[i], _factor.Span[i], _inverseBound.Span[i]) = (column.Unit, column.Centre, column.Factor, column.InverseBound);
            IsPlain &= columns[i].Unit == 1 && columns[i].InverseBound == 0;
        }

        for (int i = Features; i < Width; i++) (_unit.Span[i], _factor.Span[i]) = (1, 1);
        (_lower, _slope, _mean) = (Concatenated(bin => bin.Lower), Concatenated(bin => bin.Slope), Concatenated(bin => bin.Mean));
        Concatenated(bin => bin.Scale).Span.CopyTo(_factor.Span[FirstBin..]);
        Gain.Span.Fill(1);
        _centred = Pinned([.. Enumerable.Range(0, Features).Where(feature => columns[feature].Centre != 0 && columns[feature].Factor != 0)]);
        _isCentred = new PinnedArray<bool>(Features);
        foreach (int feature in _centred.Span) _isCentred.Span[feature] = true;
        GainsChanged();

        AlignedBuffer Concatenated(Func<InputBins, float[]> part)
        {
            float[] all = [.. bins.SelectMany(part)];
            var buffer = new AlignedBuffer(all.Length);
            all.CopyTo(buffer.Span);
            return buffer;
        }
    }

    /// <summary>The features of a row as they are in the data.</summary>
    public int Features { get; }

    /// <summary>The inputs of the first layer: the features, a mark for each of those that were missing in a training row, and the pieces of numbers.</summary>
    public int Width { get; }

    /// <summary>What each feature was taken for [features].</summary>
    public IReadOnlyList<ColumnKind> Kinds => _kinds;

    /// <summary>How many features were missing in a training row, so that they have a mark.</summary>
    public int Marks => _marks.Length;

    /// <summary>The feature that a mark belongs to.</summary>
    internal int Marked(int mark) => _marks.Span[mark];

    /// <summary>Whether a feature may be missing, NaN; else the score of such a row is NaN.</summary>
    public bool AcceptsMissing { get; }

    /// <summary>Whether rows were stored sparsely in training, so that all but a few features keep their zeros.</summary>
    internal bool IsSparse { get; }

    /// <summary>About how many inputs of a row are other than zero: the first layer's fan-in.</summary>
    internal double InputsPerRow { get; }

    /// <summary>The learned factor of each input [width], padded.</summary>
    internal AlignedBuffer Gain { get; }

    /// <summary>How many features there are of which a zero is not an input of zero.</summary>
    internal int CentredCount => _centred.Length;

    /// <summary>Whether (x - centre) (factor gain) is all that is done.</summary>
    internal bool IsPlain { get; } = true;

    /// <summary>The first of the inputs that are pieces of numbers.</summary>
    internal int FirstBin => Features + _marks.Length;

    /// <summary>How many numbers are inputs in pieces as well.</summary>
    internal int BinnedCount => _binned.Length;

    /// <summary>Unit, centre, factor and inverse of the bound of all features, for files; see <see cref="InputColumn"/>.</summary>
    internal ReadOnlySpan<float> Units => _unit.Span[..Features];

    /// <inheritdoc cref="Units"/>
    internal ReadOnlySpan<float> Centres => _centre.Span[..Features];

    /// <inheritdoc cref="Units"/>
    internal ReadOnlySpan<float> Factors => _factor.Span[..Features];

    /// <inheritdoc cref="Units"/>
    internal ReadOnlySpan<float> InverseBounds => _inverseBound.Span[..Features];

    /// <summary>Factor times gain of each input [width]: what the input is multiplied by at last.</summary>
    internal ReadOnlySpan<float> Scale => _scale.Span[..Width];

    /// <summary>What is done to a feature.</summary>
    internal InputColumn this[int feature] => new(
        _kinds[feature], _unit.Span[feature], _centre.Span[feature], _factor.Span[feature], _inverseBound.Span[feature], HasMark(feature))
    { Bins = BinsOf(feature) };

    /// <summary>The most inputs that a sparse row has beyond the values that it stores.</summary>
    internal int LargestExtra => _centred.Length + _marks.Length + Width - FirstBin;

    /// <summary>Computes the inputs of a row.</summary>
    /// <param name="row">The features [features]; NaN where they are missing.</param>
    /// <param name="inputs">Takes the inputs [width].</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    internal void Apply(ReadOnlySpan<float> row, Span<float> inputs)
    {
        if (row.Length != Features) throw new ArgumentException($"The row has {row.Length} features, but {Features} were expected.", nameof(row));
        if (inputs.Length != Width) throw new ArgumentException($"There is room for {inputs.Length} inputs, but a row has {Width}.", nameof(inputs));
        fixed (float* source = row, destination = inputs) View.Apply(source, destination, isShared: false);
        GC.KeepAlive(this);
    }

    /// <summary>Whether an input says that a feature is missing.</summary>
    internal bool IsMark(int input) => input >= Features && input < FirstBin;

    /// <summary>The feature that each input comes from [width].</summary>
    internal int[] FeatureOfInputs()
    {
        int[] pieces = new int[Width - FirstBin];
        for (int k = 0; k < _binned.Length; k++) pieces.AsSpan(_firstBins.Span[k].._firstBins.Span[k + 1]).Fill(_binned.Span[k]);
        return [.. Enumerable.Range(0, Features), .. _marks.Span, .. pieces];
    }

    /// <summary>Copies what is learned from a stage of the same columns.</summary>
    internal void CopyGainsFrom(InputStage other)
    {
        other.Gain.Span.CopyTo(Gain.Span);
        GainsChanged();
    }

    /// <summary>A stage that does the same and learns for itself.</summary>
    internal InputStage Clone()
    {
        var copy = new InputStage([.. Enumerable.Range(0, Features).Select(feature => this[feature])], IsSparse, InputsPerRow, AcceptsMissing);
        copy.CopyGainsFrom(this);
        return copy;
    }

    /// <summary>To be called after a change of <see cref="Gain"/>.</summary>
    internal void GainsChanged()
    {
        ReadOnlySpan<float> factor = _factor.Span, gain = Gain.Span;
        Span<float> scale = _scale.Span;
        for (int i = 0; i < scale.Length; i++) scale[i] = factor[i] * gain[i];
    }

    /// <summary>
    /// Changes a layer that takes features as they are, as networks of earlier versions do, into one that takes this stage's inputs and gives the same
    /// outputs: W' = W / (factor unit),
    /// b' = b + W centre / unit. A feature that is constant now has factor 0: what its weight gives is constant too, and goes into the bias.
    /// </summary>
    internal void UnfoldFrom(DenseLayer layer)
    {
        OutputStage inverse = Inverse();
        float[] weights = layer.GetWeights(), biases = layer.GetBiases();
        for (int output = 0; output < layer.Outputs; output++)
        {
            double bias = biases[output];
            for (int feature = 0; feature < Features; feature++)
            {
                ref float weight = ref weights[output * Features + feature];
                bias += weight * inverse.Offset[feature];
                weight = (float)(weight * inverse.Scale[feature]);
            }

            biases[output] = (float)bias;
        }

        layer.SetWeights(weights);
        layer.SetBiases(biases);
    }

    /// <summary>The same for the last layer of an autoencoder, which gives features as they are: it then gives the inputs of this stage.</summary>
    internal void UnfoldFromOutputs(DenseLayer layer)
    {
        for (int output = 0; output < layer.Outputs; output++)
        {
            double factor = (double)_factor.Span[output] * _unit.Span[output];
            layer.ScaleOutput(output, factor, -(double)_centre.Span[output] * _factor.Span[output]);
        }
    }

    /// <summary>What turns the inputs of features back into features.</summary>
    internal OutputStage Inverse()
    {
        (double Scale, double Offset)[] inverse = [.. Enumerable.Range(0, Features).Select(feature => this[feature].Inverse)];
        return new OutputStage([.. inverse.Select(one => one.Scale)], [.. inverse.Select(one => one.Offset)]);
    }

    /// <summary>Changes the gain of one input.</summary>
    internal void SetGain(int input, float gain)
    {
        Gain.Pointer[input] = gain;
        _scale.Pointer[input] = _factor.Pointer[input] * gain;
    }

    /// <summary>The stage as kernels take it; valid while this object is reachable.</summary>
    internal InputView View => new()
    {
        Unit = _unit.Pointer,
        Centre = _centre.Pointer,
        Factor = _factor.Pointer,
        InverseBound = _inverseBound.Pointer,
        Gain = Gain.Pointer,
        Scale = _scale.Pointer,
        Marks = _marks.Pointer,
        MarkCount = _marks.Length,
        Centred = _centred.Pointer,
        CentredCount = _centred.Length,
        Features = Features,
        Width = Width,
        IsPlain = IsPlain,
        Binned = _binned.Pointer,
        BinnedCount = _binned.Length,
        FirstBins = _firstBins.Pointer,
        Lower = _lower.Pointer,
        Slope = _slope.Pointer,
        Mean = _mean.Pointer,
    };

    /// <summary>How many inputs a sparse row has.</summary>
    internal int CountInputs(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        if (LargestExtra == 0) return values.Length;
        int count = values.Length + _centred.Length + Width - FirstBin;
        for (int k = 0; k < values.Length; k++)
        {
            if (_isCentred.Pointer[indices[k]]) count--;
            if (float.IsNaN(values[k]) && HasMark(indices[k])) count++;
        }

        return count;
    }

    private static PinnedArray<int> Pinned(int[] items)
    {
        var pinned = new PinnedArray<int>(items.Length);
        items.CopyTo(pinned.Span);
        return pinned;
    }

    internal InputBins? BinsOf(int feature)
    {
        int at = _binned.Length == 0 ? -1 : _binned.Span.BinarySearch(feature);
        if (at < 0) return null;
        int first = _firstBins.Span[at], count = _firstBins.Span[at + 1] - first;
        return InputBins.Of(Part(_lower), Part(_slope), Part(_mean), _factor.Span.Slice(FirstBin + first, count).ToArray());

        float[] Part(AlignedBuffer buffer) => buffer.Span.Slice(first, count).ToArray();
    }

    internal bool HasMark(int feature) => _marks.Length > 0 && _marks.Span.BinarySearch(feature) >= 0;
}
