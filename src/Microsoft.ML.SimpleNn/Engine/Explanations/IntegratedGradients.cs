using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// How much each feature of a row has added to a prediction (integrated gradients; M. Sundararajan, A. Taly, Q. Yan 2017, Axiomatic Attribution for Deep
/// Networks): along the straight path from a row of which nothing is known to the row, the gradient times the way, summed up. The contributions add up to
/// the prediction less that at the path's start.
/// </summary>
/// <remarks>
/// <para>
/// The path lies in the space of the first layer's inputs, after the <see cref="InputStage"/>, and begins where all of them are 0: there a number is at its
/// centre and each of its pieces at its mean, which is what the stage makes of a feature that is missing. Steps, pieces and marks need no derivative so, and
/// the contributions of all inputs that come from a feature are added.
/// </para>
/// <para>
/// The path is cut in <see cref="Pieces"/>. On a piece an activation's derivative is taken as its secant, (f(u') - f(u)) / (u' - u) between the piece's
/// ends: products of matrices are linear, so that the chain rule over secants gives the exact difference of the outputs, at any number of pieces, kinks
/// included; with more pieces the secants become the derivatives. What turns outputs into a prediction is integrated by <see cref="PredictionSlopes"/>.
/// </para>
/// <para>Not for two threads at once; the network may not change meanwhile.</para>
/// </remarks>
internal sealed unsafe class IntegratedGradients
{
    /// <summary>The pieces of the path.</summary>
    public const int Pieces = 32;

    private const int Points = Pieces + 1;

    private readonly Network _network;
    private readonly PredictionSlopes _prediction;
    private readonly ActivationSecants[] _layers;
    private readonly float[] _inputs;
    private readonly int[] _featureOf;
    private readonly AlignedBuffer _strips;
    private AlignedBuffer _delta, _below;

    /// <summary>Takes the memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="prediction">Its loss, which says what a prediction is; one for numbers where the outputs themselves are to be explained.</param>
    public IntegratedGradients(Network network, Loss prediction)
    {
        _network = network;
        _prediction = new PredictionSlopes(network, prediction);
        _layers = [.. network.Layers.Select(layer => new ActivationSecants(layer, Points))];
        _inputs = new float[network.Layers[0].Inputs];
        _featureOf = network.InputStage?.FeatureOfInputs() ?? [.. Enumerable.Range(0, _inputs.Length)];
        long length = (long)Padding.RoundUp(Points) * network.Layers.Max(layer => layer.Layout.PaddedOutputs);
        (_strips, _delta, _below) = (new(length), new(length), new(length));
    }

    /// <summary>Goes along the path to a row.</summary>
    /// <param name="row">The features [features], none of them infinite; NaN where one is missing.</param>
    public void Follow(ReadOnlySpan<float> row)
    {
        if (_network.InputStage is { } stage) stage.Apply(row, _inputs);
        else row.CopyTo(_inputs);
        FollowFirstLayer();
        for (int i = 1; i < _layers.Length; i++)
        {
            DenseLayer below = _network.Layers[i - 1];
            var y = new MatrixView(_layers[i - 1].Y, Points, below.Layout.PaddedOutputs);
            MatrixProducts.Forward(_network.Layers[i].View, y, new(Activation.Identity, null, _layers[i].U), team: null);
            _layers[i].Apply();
        }

        GC.KeepAlive(_network);
    }

    /// <summary>The outputs at the path's start, for <see cref="Loss.ToPrediction"/>, after <see cref="Follow"/>.</summary>
    /// <param name="outputs">Takes them [outputs].</param>
    public void CopyOutputsAtStart(Span<float> outputs)
    {
        new ReadOnlySpan<float>(_layers[^1].Y, outputs.Length).CopyTo(outputs);
        _network.OutputStage?.Apply(outputs);
    }

    /// <summary>The contributions to one prediction, after <see cref="Follow"/>.</summary>
    /// <param name="output">The prediction, from 0.</param>
    /// <param name="contributions">Takes that of each feature [features].</param>
    public void Explain(int output, Span<double> contributions)
    {
        int last = _layers.Length - 1;
        _prediction.Write(_layers[last].Y, output, Pieces, _delta.Pointer);
        _layers[last].MultiplySecants(_delta.Pointer, Pieces);
        for (int i = last; i > 0; i--)
        {
            var below = new LayerOutputs(Activation.Identity, null, _layers[i - 1].Y);
            MatrixProducts.InputGradient(_network.Layers[i].View, new(_delta.Pointer, Pieces, _strips.Pointer), below, _below.Pointer, team: null);
            (_delta, _below) = (_below, _delta);
            _layers[i - 1].MultiplySecants(_delta.Pointer, Pieces);
        }

        ExplainFirstLayer(contributions);
        GC.KeepAlive(_network);
    }

    /// <summary>u = b + t W x: linear in the place t on the path, so that one product does for all points.</summary>
    private void FollowFirstLayer()
    {
        DenseLayer layer = _network.Layers[0];
        PanelLayout layout = layer.Layout;
        double[] way = new double[layout.PaddedOutputs];
        ReadOnlySpan<float> parameters = layer.Parameters.Span;
        for (int panel = 0; panel < layout.Count; panel++)
        {
            int width = layout.Width(panel);
            Span<double> sums = way.AsSpan(panel * PanelLayout.FullWidth, width);
            for (int input = 0; input < _inputs.Length; input++)
            {
                double x = _inputs[input];
                if (x == 0) continue;
                ReadOnlySpan<float> weights = parameters.Slice(layout.Offset(panel) + input * width, width);
                for (int i = 0; i < sums.Length; i++) sums[i] += x * weights[i];
            }
        }

        for (int output = 0; output < layout.Outputs; output++)
        {
            double bias = parameters[layout.IndexOf(layout.Inputs, output)];
            for (int point = 0; point < Points; point++)
                _layers[0].U[point * layout.PaddedOutputs + output] = (float)(bias + way[output] * point / Pieces);
        }

        _layers[0].Apply();
    }

    /// <summary>The mean over the pieces of the gradient by each input, times the way of the input.</summary>
    private void ExplainFirstLayer(Span<double> contributions)
    {
        PanelLayout layout = _network.Layers[0].Layout;
        ReadOnlySpan<float> parameters = _network.Layers[0].Parameters.Span;
        double[] mean = new double[layout.Outputs];
        for (int piece = 0; piece < Pieces; piece++)
        {
            float* delta = _delta.Pointer + piece * layout.PaddedOutputs;
            for (int output = 0; output < mean.Length; output++) mean[output] += delta[output] / (double)Pieces;
        }

        contributions.Clear();
        for (int input = 0; input < _inputs.Length; input++)
        {
            if (_inputs[input] == 0) continue;
            double gradient = 0;
            for (int panel = 0; panel < layout.Count; panel++)
            {
                int first = panel * PanelLayout.FullWidth, width = layout.Width(panel);
                ReadOnlySpan<float> weights = parameters.Slice(layout.Offset(panel) + input * width, Math.Min(width, layout.Outputs - first));
                for (int i = 0; i < weights.Length; i++) gradient += mean[first + i] * weights[i];
            }

            contributions[_featureOf[input]] += gradient * _inputs[input];
        }
    }
}
