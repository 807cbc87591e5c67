using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What an <see cref="InputStage"/> does to a row, in the same arithmetic and the same order: numbers, marks, pieces.</summary>
internal sealed class InputStageNodes
{
    /// <summary>Numbers are held to this size before they are bounded, as in the library's own kernel.</summary>
    private const float Largest = 1e15f;

    private readonly OnnxGraph _graph;
    private readonly InputStage _stage;
    private readonly string _zero;

    private InputStageNodes(OnnxGraph graph, InputStage stage)
    {
        (_graph, _stage, _zero) = (graph, stage, graph.Constant(0f));
        IsMissing = graph.Add("IsNaN", graph.Features);
        Numbers = AddNumbers();
        Inputs = AddInputs();
    }

    /// <summary>Whether each feature is missing [rows x features].</summary>
    public string IsMissing { get; }

    /// <summary>The inputs that are numbers [rows x features].</summary>
    public string Numbers { get; }

    /// <summary>All inputs of the first layer [rows x width].</summary>
    public string Inputs { get; }

    /// <summary>Adds a stage to a graph.</summary>
    public static InputStageNodes Add(OnnxGraph graph, InputStage stage) => new(graph, stage);

    private string AddNumbers()
    {
        string z = _stage.IsPlain ? Plain() : Bounded();
        return _graph.Add("Where", IsMissing, _zero, z);
    }

    /// <summary>(x - centre) (factor gain).</summary>
    private string Plain()
    {
        string centred = _graph.Add("Sub", _graph.Features, Row(_stage.Centres));
        return _graph.Add("Mul", centred, Row(_stage.Scale[.._stage.Features]));
    }

    /// <summary>z / sqrt(1 + (z / bound)^2) gain, z = (x unit - centre) factor.</summary>
    private string Bounded()
    {
        string x = _graph.Add("Mul", _graph.Features, Row(_stage.Units));
        string z = _graph.Add("Mul", _graph.Add("Sub", x, Row(_stage.Centres)), Row(_stage.Factors));
        z = _graph.Add("Clip", z, _graph.Constant(-Largest), _graph.Constant(Largest));
        string scaled = _graph.Add("Mul", z, Row(_stage.InverseBounds));
        string root = _graph.Add("Sqrt", _graph.Add("Add", _graph.Add("Mul", scaled, scaled), _graph.Constant(1)));
        return _graph.Add("Mul", _graph.Add("Div", z, root), Row(Gains(0, _stage.Features)));
    }

    private string AddInputs()
    {
        var parts = new List<string> { Numbers };
        if (_stage.Marks > 0) parts.Add(AddMarks());
        if (_stage.BinnedCount > 0) parts.Add(AddPieces());
        return parts.Count == 1 ? parts[0] : _graph.Add("Concat", [new("axis", 1L)], [.. parts]);
    }

    /// <summary>The gain where a feature is missing, else 0.</summary>
    private string AddMarks()
    {
        int[] marked = [.. Enumerable.Range(0, _stage.Marks).Select(_stage.Marked)];
        string marks = _graph.Cast(Columns(IsMissing, marked), OnnxType.Float);
        return _graph.Add("Mul", marks, Row(Gains(_stage.Features, _stage.Marks)));
    }

    /// <summary>(e - mean) scale, e = (x unit - lower end) / length, held to 0 and 1; 0 where the feature is missing.</summary>
    private string AddPieces()
    {
        (int Feature, InputBins Bins)[] numbers =
            [.. Enumerable.Range(0, _stage.Features).Select(feature => (feature, bins: _stage.BinsOf(feature)!)).Where(number => number.bins is not null)];
        int[] features = [.. numbers.SelectMany(number => Enumerable.Repeat(number.Feature, number.Bins.Count))];
        float[] units = Array.ConvertAll(features, feature => _stage.Units[feature]);

        string x = Columns(_graph.Features, features);
        string along = _graph.Add("Sub", _graph.Add("Mul", x, Row(units)), Row([.. numbers.SelectMany(number => number.Bins.Lower)]));
        string e = _graph.Add("Clip", _graph.Add("Mul", along, Row([.. numbers.SelectMany(number => number.Bins.Slope)])), _zero, _graph.Constant(1));
        string centred = _graph.Add("Sub", e, Row([.. numbers.SelectMany(number => number.Bins.Mean)]));
        string pieces = _graph.Add("Mul", centred, Row(_stage.Scale[_stage.FirstBin.._stage.Width]));
        return _graph.Add("Where", _graph.Add("IsNaN", x), _zero, pieces);
    }

    private ReadOnlySpan<float> Gains(int first, int count) => _stage.Gain.Span.Slice(first, count);

    private string Row(ReadOnlySpan<float> values) => _graph.Constant(values.ToArray(), 1, values.Length);

    private string Columns(string value, int[] columns) =>
        _graph.Add("Gather", [new("axis", 1L)], value, _graph.Constant(Array.ConvertAll(columns, column => (long)column), columns.Length));
}
