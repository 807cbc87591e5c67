using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <content>What the model is in ONNX.</content>
public abstract partial class SimpleNnModelParametersBase<TOutput> : ISingleCanSaveOnnx
{
    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    bool ISingleCanSaveOnnx.SaveAsOnnx(OnnxContext ctx, string[] outputNames, string featureColumn)
    {
        AddTo(new ConverterGraph(ctx, featureColumn, VariableOfColumns(outputNames)));
        return true;
    }

    /// <summary>The columns that the model, and not ML.NET's scorer, gives in a graph of ONNX: the score, which is the last.</summary>
    /// <param name="variables">The variable of each column of the scorer.</param>
    private protected virtual Dictionary<string, string> VariableOfColumns(string[] variables) => new() { [DefaultColumnNames.Score] = variables[^1] };

    /// <summary>Adds the nodes of the model to a graph of ONNX, and gives it their results under the names of ML.NET's columns.</summary>
    internal abstract void AddTo(OnnxGraph graph);
}
