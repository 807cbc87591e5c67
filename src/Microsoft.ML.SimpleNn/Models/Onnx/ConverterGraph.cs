using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>A model's part of the graph that ML.NET's converter builds of a pipeline (<c>mlContext.Model.ConvertToOnnx</c>).</summary>
internal sealed class ConverterGraph : OnnxGraph
{
    /// <summary>The first version of ONNX's operators in which each operator that a network needs takes what it needs, but for the sum.</summary>
    private const int FewestOpset = 11;

    private const string ModelName = "SimpleNn";

    private readonly OnnxContext _context;
    private readonly Dictionary<string, string> _outputs;

    /// <summary>Begins with the feature column.</summary>
    /// <param name="context">The converter's graph.</param>
    /// <param name="features">The variable of the feature column [rows x features], of images [rows x channels x height x width].</param>
    /// <param name="outputs">The variable of each column that is asked for, by the name of the column.</param>
    public ConverterGraph(OnnxContext context, string features, Dictionary<string, string> outputs)
    {
        context.CheckOpSetVersion(FewestOpset, ModelName);
        (_context, _outputs) = (context, outputs);
        Features = Add("Flatten", [new("axis", 1L)], features);
    }

    /// <inheritdoc/>
    public override string Features { get; }

    /// <summary>Adds the model of a scorer; false where the converter knows nothing of its feature column.</summary>
    /// <param name="context">The converter's graph.</param>
    /// <param name="schema">The schema that the scorer is bound to.</param>
    /// <param name="outputs">The variable of each column of the scorer.</param>
    /// <param name="model">The model.</param>
    public static bool AddModel(OnnxContext context, RoleMappedSchema schema, string[] outputs, IPredictor model)
    {
        string features = schema.Feature!.Value.Name;
        return context.ContainsColumn(features) && ((ISingleCanSaveOnnx)model).SaveAsOnnx(context, outputs, context.GetVariableName(features));
    }

    /// <inheritdoc/>
    public override string Add(string operation, OnnxAttribute[] attributes, params ReadOnlySpan<string> inputs)
    {
        string result = _context.AddIntermediateVariable(null, NewName(operation), skip: true);
        AddNode(operation, attributes, inputs.ToArray(), result);
        return result;
    }

    /// <inheritdoc/>
    public override string SumOfColumns(string value) => Add("ReduceSum", [new("axes", [1L])], value);

    /// <inheritdoc/>
    public override string Constant(float[] values, params ReadOnlySpan<int> sizes) =>
        sizes.Length == 0 ? _context.AddInitializer(values[0], NewName("float")) : _context.AddInitializer(values, Long(sizes), NewName("floats"));

    /// <inheritdoc/>
    public override string Constant(double[] values, params ReadOnlySpan<int> sizes) => _context.AddInitializer(values, Long(sizes), NewName("doubles"));

    /// <inheritdoc/>
    public override string Constant(long[] values, params ReadOnlySpan<int> sizes) => _context.AddInitializer(values, Long(sizes), NewName("integers"));

    /// <summary>Gives a column its value; one that nobody asks for is left out.</summary>
    public override void Output(string name, string value, int columns, OnnxType type = OnnxType.Float)
    {
        if (_outputs.TryGetValue(name, out string? variable))
            AddNode("Identity", [], [value], variable);
    }

    private void AddNode(string operation, OnnxAttribute[] attributes, string[] inputs, string result)
    {
        OnnxNode node = _context.CreateNode(operation, inputs, [result], _context.GetNodeName(NewName(operation)), domain: "");
        foreach (OnnxAttribute attribute in attributes)
        {
            if (attribute.Integers is { } integers)
                node.AddAttribute(attribute.Name, integers);
            else if (attribute.Integer is long integer)
                node.AddAttribute(attribute.Name, integer);
            else
                node.AddAttribute(attribute.Name, attribute.Number!.Value);
        }
    }

    /// <summary>The converter makes it the only one of its kind; it keeps apart what could be the name of a column.</summary>
    private static string NewName(string what) => $"{ModelName}.{what}";

    private static long[] Long(ReadOnlySpan<int> sizes) => Array.ConvertAll(sizes.ToArray(), size => (long)size);
}
