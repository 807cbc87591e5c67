using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Everything that training writes to, for one network and one run: the minibatch, each layer's activations, deltas and gradients, and
/// the threads. It is allocated once, so that the loop over minibatches allocates nothing.
/// </summary>
public sealed unsafe class Workspace : IDisposable
{
    private readonly Network _network;
    private readonly AlignedBuffer?[] _linearOutputs;
    private readonly AlignedBuffer?[] _gradients;
    private readonly AlignedBuffer? _occurringWeights;

    /// <summary>Allocates a workspace.</summary>
    /// <param name="network">The network it is for.</param>
    /// <param name="maximumRows">The most rows a minibatch has, 1 or more.</param>
    /// <param name="threads">The threads to compute with, 1 or more. The results are the same bits for any number.</param>
    /// <param name="targetsPerRow">The values that a row's target takes: 1 for a class, the network's outputs for a regression.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1, or the rows' values do not fit in an array.</exception>
    public Workspace(Network network, int maximumRows, int threads = 1, int targetsPerRow = 1)
        : this(network, maximumRows, threads, new MinibatchRoom(targetsPerRow, TakesDense: true, MaximumValues: null, SparseGradients: false))
    {
    }

    /// <summary>Allocates a workspace for minibatches of a form.</summary>
    /// <param name="network">The network it is for.</param>
    /// <param name="maximumRows">The most rows a minibatch has, 1 or more.</param>
    /// <param name="threads">The threads to compute with, 1 or more.</param>
    /// <param name="room">What a minibatch takes.</param>
    internal Workspace(Network network, int maximumRows, int threads, MinibatchRoom room)
    {
        (int targetsPerRow, bool takesDense, int? maximumValues, bool sparseGradients) = room;
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetsPerRow, 1);

        long widest = Math.Max(Math.Max(takesDense ? network.Layers[0].Inputs : 1, targetsPerRow), network.Layers.Max(layer => layer.Layout.PaddedOutputs));
        if ((maximumRows + (long)Padding.Lanes) * widest > AlignedBuffer.MaximumLength)
            throw new ArgumentOutOfRangeException(nameof(maximumRows), maximumRows,
                $"A minibatch of {maximumRows} rows, with up to {widest} values a row, is larger than an array can be: take fewer rows.");

        // The kernels work on rows in groups of 16; what they leave in the rows past the minibatch's end is never read as a result.
        long rows = Padding.RoundUp(maximumRows);
        _network = network;
        MaximumRows = maximumRows;
        bool isShared = ThreadTeam.Members(threads, maximumRows, maximumRows * network.Layers[0].Layout.Length) > 1;
        Batch = new Minibatch(network.Layers[0].Inputs, targetsPerRow, maximumRows, takesDense, maximumValues, isShared);
        RowLosses = new AlignedBuffer(maximumRows);
        StoredRows = new int[maximumRows];
        Activations = Array.ConvertAll([.. network.Layers], layer => new AlignedBuffer(rows * layer.Layout.PaddedOutputs));
        Deltas = Array.ConvertAll([.. network.Layers], layer => new AlignedBuffer(rows * layer.Layout.PaddedOutputs));
        _gradients = new AlignedBuffer?[network.Layers.Count];
        if (sparseGradients)
            _occurringWeights = new AlignedBuffer((Math.Min(maximumValues!.Value, network.Layers[0].Inputs) + 1L) * network.Layers[0].Layout.PaddedOutputs);
        Strips = new AlignedBuffer(rows * network.Layers.Max(layer => layer.Layout.PaddedOutputs));
        _linearOutputs = Array.ConvertAll(
            [.. network.Layers], layer => ActivationTable.Of(layer.Activation).NeedsLinear ? new AlignedBuffer(rows * layer.Layout.PaddedOutputs) : null);
        Dropped = new DroppedInputs(network.Layers.Count, maximumRows);
        Team = new ThreadTeam(threads); // last, since what fails before leaves no threads behind
    }

    /// <summary>The rows to compute on.</summary>
    public Minibatch Batch { get; }

    /// <summary>
    /// The first layer's weights for the features that occur in a sparse minibatch [occurring x padded outputs], as <see cref="LazyUpdates"/> gathered them for
    /// its step; the last row is the biases. Null where the weights are read from the layer.
    /// </summary>
    internal float* OccurringWeights { get; private set; }

    /// <summary>A layer's inputs by features, where they are sparse, as only the first layer's can be; else null.</summary>
    internal SparseColumns? ColumnsOf(int layer) => layer == 0 ? Batch.Columns : null;

    /// <summary>A layer's inputs as rows of values that are not zero, where they are sparse; else null.</summary>
    internal SparseRows? SparseInput(int layer) => layer == 0 ? Batch.Sparse : null;

    /// <summary>A layer's dense inputs, after dropout where there is any.</summary>
    internal MatrixView Input(int layer) => new(Dropped.Has(layer) ? Dropped.Of(layer) : InputBeforeDropout(layer), Batch.Rows, InputStride(layer));

    /// <summary>A layer's outputs.</summary>
    internal LayerOutputs OutputsOf(int layer) => new(_network.Layers[layer].Activation, LinearOutputs(layer), Activations[layer].Pointer);

    /// <summary>A layer's dense inputs: the features, or the outputs of the layer below.</summary>
    internal float* InputBeforeDropout(int layer) => (layer == 0 ? Batch.Features : Activations[layer - 1]).Pointer;

    /// <summary>The floats from row to row of a layer's inputs.</summary>
    internal int InputStride(int layer) => layer == 0 ? _network.Layers[0].Inputs : _network.Layers[layer - 1].Layout.PaddedOutputs;

    /// <summary>The most rows that the minibatch can have.</summary>
    internal int MaximumRows { get; }

    /// <summary>The outputs of the last layer.</summary>
    internal int Outputs => _network.Outputs;

    /// <summary>Each layer's y [rows x padded outputs].</summary>
    internal AlignedBuffer[] Activations { get; }

    /// <summary>Each layer's gradient of the loss by u [rows x padded outputs].</summary>
    internal AlignedBuffer[] Deltas { get; }

    /// <summary>A layer's delta, as the products read it.</summary>
    internal DeltaView DeltaOf(int layer) => new(Deltas[layer].Pointer, Batch.Rows, Strips.Pointer);

    /// <summary>The layers' inputs after dropout.</summary>
    internal DroppedInputs Dropped { get; }

    /// <summary>Room for a copy of a delta, transposed or in panels.</summary>
    internal AlignedBuffer Strips { get; }

    /// <summary>The loss of each row of the minibatch.</summary>
    internal AlignedBuffer RowLosses { get; }

    /// <summary>Where the minibatch's rows lie in their storage.</summary>
    internal int[] StoredRows { get; }

    /// <summary>The threads.</summary>
    internal ThreadTeam Team { get; }

    /// <summary>
    /// Where a layer's gradient by its parameters is stored, laid out as they are; but the first layer's for sparse rows is [occurring x padded outputs], a
    /// row for
    /// each feature that <see cref="Minibatch.Columns"/> has. Of a buffer only <see cref="Gradient"/> belongs to the minibatch. The memory is taken when a
    /// gradient is
    /// stored for the first time, since a training that takes its steps within backpropagation stores none.
    /// </summary>
    internal AlignedBuffer GradientOf(int layer) => _gradients[layer] ??=
        new AlignedBuffer(layer == 0 && _occurringWeights != null ? _occurringWeights.Length : _network.Layers[layer].Layout.Length);

    /// <summary>A layer's whole gradient for the minibatch; what is not in it is zero.</summary>
    internal Span<float> Gradient(int layer) => ColumnsOf(layer) is { } columns
        ? GradientOf(layer).Span[..(columns.Count * _network.Layers[layer].Layout.PaddedOutputs)]
        : GradientOf(layer).Span;

    /// <summary>A copy of a layer's outputs for the minibatch.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <returns>y [rows x outputs], row-major.</returns>
    public float[] GetOutputs(int layer) => Compact(Activations[layer], _network.Layers[layer]);

    /// <summary>A copy of a layer's delta, the gradient of the loss by u = x W^T + b.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <returns>[rows x outputs], row-major.</returns>
    public float[] GetDelta(int layer) => Compact(Deltas[layer], _network.Layers[layer]);

    /// <summary>A copy of the gradient of the loss by a layer's weights.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <returns>dW [outputs x inputs], row-major.</returns>
    public float[] GetWeightGradient(int layer) => _network.Layers[layer].GetWeights(InPanels(layer));

    /// <summary>A copy of the gradient of the loss by a layer's biases.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <returns>db [outputs].</returns>
    public float[] GetBiasGradient(int layer) => _network.Layers[layer].GetBiases(InPanels(layer));

    /// <summary>Ends the threads.</summary>
    public void Dispose() => Team.Dispose();

    /// <summary>The kernels write to a workspace unchecked, so it must be the right one for the network.</summary>
    internal void CheckIsFor(Network network)
    {
        if (network != _network) throw new ArgumentException("The workspace was made for another network.");
    }

    /// <summary>A layer's u [rows x padded outputs], where its activation's derivative needs it; else null.</summary>
    internal float* LinearOutputs(int layer) => _linearOutputs[layer] is { } buffer ? buffer.Pointer : null;

    /// <summary>The minibatch's first layer reads its weights from the workspace; the caller fills them.</summary>
    internal float* UseOccurringWeights() => OccurringWeights = _occurringWeights!.Pointer;

    /// <summary>The minibatch's first layer reads its weights from the layer.</summary>
    internal void UseLayerWeights() => OccurringWeights = null;

    /// <summary>Adds the sums over the minibatch of w w, w w l and w w l l, where w is a row's weight and l its loss.</summary>
    internal void AddSquaredWeights(ref double ww, ref double wwl, ref double wwll)
    {
        ReadOnlySpan<float> losses = RowLosses.Span, weights = Batch.Weights.Span;
        for (int row = 0; row < Batch.Rows; row++)
        {
            double square = (double)weights[row] * weights[row];
            ww += square;
            wwl += square * losses[row];
            wwll += square * losses[row] * losses[row];
        }
    }

    /// <summary>A layer's gradient laid out as its parameters.</summary>
    private ReadOnlySpan<float> InPanels(int layer)
    {
        if (ColumnsOf(layer) is not { } columns) return GradientOf(layer).Span;
        PanelLayout layout = _network.Layers[0].Layout;
        var panels = new float[layout.Length];
        for (int i = 0; i < columns.Count; i++)
        {
            for (int output = 0; output < layout.Outputs; output++)
                panels[layout.IndexOf(columns.Occurring[i], output)] = GradientOf(0).Span[i * layout.PaddedOutputs + output];
        }

        return panels;
    }

    private float[] Compact(AlignedBuffer buffer, DenseLayer layer)
    {
        var values = new float[Batch.Rows * layer.Outputs];
        for (int row = 0; row < Batch.Rows; row++)
            buffer.Span.Slice(row * layer.Layout.PaddedOutputs, layer.Outputs).CopyTo(values.AsSpan(row * layer.Outputs));
        return values;
    }
}
