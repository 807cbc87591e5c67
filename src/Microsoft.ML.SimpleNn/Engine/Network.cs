using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// A multilayer perceptron: dense layers, each one's outputs the next one's inputs. The last layer's outputs are what the loss is
/// measured on: scores before softmax or sigmoid (logits) for classes, the value itself for a regression.
/// </summary>
/// <remarks>
/// <see cref="Predict(ReadOnlySpan{float}, int, Span{float})"/> may be called from many threads at once, as long as nothing changes the weights meanwhile.
/// Training calls
/// <see cref="Forward(Workspace)"/>, <see cref="Loss.Evaluate"/>, <see cref="Backward(Workspace)"/> and <see cref="Optimizer.Step"/> in turn on one <see
/// cref="Workspace"/>.
/// </remarks>
public sealed partial class Network
{
    private readonly DenseLayer[] _layers;
    private long _weights;

    /// <summary>Creates a network of layers.</summary>
    /// <param name="layers">The layers from input to output, 1 or more; each has as many inputs as the one before has outputs.</param>
    /// <exception cref="ArgumentException">There is no layer, or two neighbours' sizes differ.</exception>
    public Network(params DenseLayer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length == 0) throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        for (int i = 1; i < layers.Length; i++)
        {
            if (layers[i].Inputs != layers[i - 1].Outputs)
                throw new ArgumentException($"Layer {i} has {layers[i].Inputs} inputs, but layer {i - 1} has {layers[i - 1].Outputs} outputs.", nameof(layers));
        }

        _layers = [.. layers];
        _weights = _layers.Sum(layer => layer.Layout.Length);
    }

    /// <summary>The layers from input to output.</summary>
    public IReadOnlyList<DenseLayer> Layers => _layers;

    /// <summary>The features of a row: the inputs of <see cref="InputStage"/> where there is one, else of the first layer.</summary>
    public int Inputs => InputStage?.Features ?? _layers[0].Inputs;

    /// <summary>What is done to a row of features before the first layer; null for nothing.</summary>
    public InputStage? InputStage { get; private set; }

    /// <summary>What is done to the last layer's outputs in scoring; null for nothing.</summary>
    public OutputStage? OutputStage { get; internal set; }

    /// <summary>The outputs for a row.</summary>
    public int Outputs => _layers[^1].Outputs;

    /// <summary>The number of weights and biases.</summary>
    public long ParameterCount => _layers.Sum(layer => layer.ParameterCount);

    /// <summary>Creates a network with hidden layers of one activation and a last layer without.</summary>
    /// <param name="inputs">The features of a row.</param>
    /// <param name="hiddenLayers">The units of each hidden layer; empty for a linear model.</param>
    /// <param name="outputs">The outputs for a row.</param>
    /// <param name="activation">The hidden layers' activation.</param>
    /// <returns>A network whose weights are zero: <see cref="Initialize"/> draws them.</returns>
    public static Network Create(int inputs, ReadOnlySpan<int> hiddenLayers, int outputs, Activation activation = Activation.ReLU)
    {
        var layers = new DenseLayer[hiddenLayers.Length + 1];
        for (int i = 0; i < hiddenLayers.Length; i++)
        {
            layers[i] = new DenseLayer(inputs, hiddenLayers[i], activation);
            inputs = hiddenLayers[i];
        }

        layers[^1] = new DenseLayer(inputs, outputs);
        return new Network(layers);
    }

    /// <summary>Draws the weights anew and sets the biases to zero.</summary>
    /// <param name="initializer">The distribution; null for the one that suits each layer's activation (<see cref="WeightInitializer.For"/>).</param>
    /// <param name="seed">The same seed gives the same weights, on every machine.</param>
    public void Initialize(WeightInitializer? initializer, int seed)
    {
        var random = new RandomSource(seed, RandomStream.Weights);
        foreach (DenseLayer layer in _layers)
        {
            layer.Parameters.Span.Clear();
            (initializer ?? WeightInitializer.For(layer.Activation)).Draw(layer, random);
        }
    }

    /// <summary>Draws weights and biases as <see cref="Parametrization.NeuralTangent"/> says; the last layer's are zero.</summary>
    /// <param name="seed">The same seed gives the same weights, on every machine.</param>
    internal void InitializeNeuralTangent(int seed)
    {
        var random = new RandomSource(seed, RandomStream.Weights);
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].Parameters.Span.Clear();
            if (i < _layers.Length - 1) WeightInitializer.DrawNeuralTangent(_layers[i], LayerRates.FanIn(this, i), random);
        }
    }

    /// <summary>A copy that shares nothing with this network.</summary>
    public Network Clone()
    {
        DenseLayer[] layers = Array.ConvertAll(_layers, layer => new DenseLayer(layer.Inputs, layer.Outputs, layer.Activation));
        var copy = new Network(layers) { InputStage = InputStage?.Clone(), OutputStage = OutputStage };
        copy.CopyParametersFrom(this);
        return copy;
    }

    /// <summary>Computes every layer's outputs for the minibatch of a workspace.</summary>
    /// <param name="workspace">The workspace; its <see cref="Workspace.Batch"/> is read, its activations are written.</param>
    /// <exception cref="ArgumentException">The workspace was made for another network.</exception>
    public void Forward(Workspace workspace) => Forward(workspace, dropout: null, step: 0);

    /// <inheritdoc cref="Forward(Workspace)"/>
    /// <param name="workspace">The workspace.</param>
    /// <param name="dropout">What is dropped, in a step of training; null for nothing.</param>
    /// <param name="step">The step of the run, which decides the masks of dropout.</param>
    internal unsafe void Forward(Workspace workspace, DropoutMasks? dropout, long step = 0)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.CheckIsFor(this);
        workspace.Dropped.Begin(dropout, step);
        for (int i = 0; i < _layers.Length; i++)
        {
            workspace.Dropped.Drop(i, workspace);
            // y = activation(x W^T + b)
            if (workspace.SparseInput(i) is { } x) ForwardSparse(workspace, x);
            else MatrixProducts.Forward(_layers[i].View, workspace.Input(i), workspace.OutputsOf(i), workspace.Team);
        }

        GC.KeepAlive(workspace);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// Computes the gradient of the loss by every weight and bias (backpropagation), from the gradient by the last layer's outputs, which
    /// the loss has written, down to the first layer. To be called once for each <see cref="Loss.Evaluate"/>.
    /// </summary>
    /// <param name="workspace">The workspace after <see cref="Forward(Workspace)"/> and <see cref="Loss.Evaluate"/>; its gradients are written.</param>
    /// <exception cref="ArgumentException">The workspace was made for another network.</exception>
    public void Backward(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.CheckIsFor(this);
        Backward<StoredGradients, StoredGradient, StoredGradient>(workspace, new StoredGradients(workspace));
    }

    /// <summary>Backpropagation that leaves it to the caller what is done with each layer's gradient; a layer's weights may change in it.</summary>
    internal unsafe void Backward<TTargets, TDense, TSparse>(Workspace workspace, TTargets gradients)
        where TTargets : struct, IGradientTargets<TDense, TSparse>
        where TDense : unmanaged, IGradientTarget
        where TSparse : unmanaged, IGradientTarget
    {
        int last = _layers.Length - 1;
        MatrixProducts.OutputGradient(workspace.OutputsOf(last), new(workspace.Deltas[last].Pointer, workspace.Batch.Rows, _layers[last].Layout.PaddedOutputs));
        for (int i = last; i >= 0; i--)
        {
            DenseLayer layer = _layers[i];
            // dX = dY W, times the derivative of the layer below: first, for it needs the weights as they were.
            if (i > 0)
            {
                MatrixProducts.InputGradient(layer.View, workspace.DeltaOf(i), workspace.OutputsOf(i - 1), workspace.Deltas[i - 1].Pointer, workspace.Team);
                workspace.Dropped.DropGradient(i, workspace);
            }

            // dW = dY^T X
            if (workspace.ColumnsOf(i) is { } x)
                SparseProducts.WeightGradient(layer.Layout, x, workspace.Deltas[i].Pointer, gradients.OfFeatures(x), workspace.Team);
            else
                MatrixProducts.WeightGradient(layer.Layout, workspace.Input(i), workspace.DeltaOf(i), gradients.Of(i), inputGradientToo: i > 0, workspace.Team);
            gradients.End(i);
        }

        GC.KeepAlive(workspace);
        GC.KeepAlive(this);
    }

    /// <summary>The first layers as a network that shares them, and the input stage, with this one.</summary>
    internal Network Take(int layers) => new([.. _layers.Take(layers)]) { InputStage = InputStage };

    /// <summary>Gives the network a stage of its own; the first layer, whose weights are to be drawn after this, takes the stage's inputs.</summary>
    internal void SetInputStage(InputStage? stage)
    {
        int width = stage?.Width ?? Inputs;
        if (stage != null && stage.Features != Inputs) throw new ArgumentException($"The stage takes {stage.Features} features, but the network {Inputs}.");
        InputStage = stage;
        _scoringBuffers.Clear();
        if (width == _layers[0].Inputs) return;
        _layers[0] = new DenseLayer(width, _layers[0].Outputs, _layers[0].Activation);
        _weights = _layers.Sum(layer => layer.Layout.Length);
    }

    /// <summary>Gives a network that was saved its stage back, whose inputs the first layer's weights are for.</summary>
    internal void RestoreInputStage(InputStage stage) => InputStage = stage;

    /// <summary>A copy whose outputs are those of this network in another order.</summary>
    /// <param name="order">Which output of this network becomes each output.</param>
    internal Network WithOutputs(int[] order)
    {
        Network copy = Clone();
        copy._layers[^1].CopyOutputsFrom(_layers[^1], order);
        copy.OutputStage = OutputStage?.InOrder(order);
        return copy;
    }

    /// <summary>Takes over the weights and biases, and what the input stage has learned, of a network of the same shape.</summary>
    internal void CopyParametersFrom(Network other)
    {
        for (int i = 0; i < _layers.Length; i++) other._layers[i].Parameters.Span.CopyTo(_layers[i].Parameters.Span);
        if (other.InputStage != null) InputStage!.CopyGainsFrom(other.InputStage);
    }

    /// <summary>Puts the weights and biases, and what the input stage has learned, into a checkpoint, or takes them from there.</summary>
    internal void Transfer(StateTransfer state)
    {
        foreach (DenseLayer layer in _layers) state.Items(layer.Parameters.Span, "weights of a layer");
        if (InputStage == null) return;
        state.Items(InputStage.Gain.Span, "gains");
        if (state.IsReading) InputStage.GainsChanged();
    }

    /// <summary>The first layer's outputs for sparse rows, from the layer's weights or, within a step of lazy updates, from those gathered for it.</summary>
    private unsafe void ForwardSparse(Workspace workspace, SparseRows x)
    {
        DenseLayer layer = _layers[0];
        LayerOutputs y = workspace.OutputsOf(0);
        if (workspace.OccurringWeights == null)
        {
            var weights = FeatureWeights.InPanels(layer.Layout, layer.Parameters.Pointer);
            SparseProducts.Forward(weights, new(x.Starts, x.Features, x.Values, x.Count), y, workspace.Team);
        }
        else
        {
            SparseColumns columns = workspace.Batch.Columns!;
            var weights = FeatureWeights.InRows(layer.Layout, workspace.OccurringWeights, columns.Count - 1);
            SparseProducts.Forward(weights, new(x.Starts, columns.ColumnOfValue, x.Values, x.Count), y, workspace.Team);
        }
    }
}
