namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// A graph of ONNX while it is built: nodes are added in the order in which they are computed, and each gives the name of its result. What a model is in
/// ONNX is said by the types of this room alone; where the nodes go, a file of their own or ML.NET's converter, is said by a derived type.
/// </summary>
internal abstract class OnnxGraph
{
    /// <summary>The name of the input: features as they are in the data [rows x features], NaN where they are missing.</summary>
    public abstract string Features { get; }

    /// <summary>Adds a node.</summary>
    /// <param name="operation">The operator, one of ONNX's own.</param>
    /// <param name="inputs">The names of what it is computed from.</param>
    /// <returns>The name of its result.</returns>
    public string Add(string operation, params ReadOnlySpan<string> inputs) => Add(operation, [], inputs);

    /// <summary>Adds a node with attributes.</summary>
    /// <param name="operation">The operator, one of ONNX's own.</param>
    /// <param name="attributes">The attributes.</param>
    /// <param name="inputs">The names of what it is computed from.</param>
    /// <returns>The name of its result.</returns>
    public abstract string Add(string operation, OnnxAttribute[] attributes, params ReadOnlySpan<string> inputs);

    /// <summary>Adds the sum over the columns [rows x 1] of a value [rows x columns]; its operator takes the axis as the version of ONNX has it.</summary>
    public abstract string SumOfColumns(string value);

    /// <summary>Adds numbers that belong to the model.</summary>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="sizes">The sizes of the tensor; none for a single number.</param>
    /// <returns>Their name.</returns>
    public abstract string Constant(float[] values, params ReadOnlySpan<int> sizes);

    /// <inheritdoc cref="Constant(float[], ReadOnlySpan{int})"/>
    public abstract string Constant(double[] values, params ReadOnlySpan<int> sizes);

    /// <inheritdoc cref="Constant(float[], ReadOnlySpan{int})"/>
    public abstract string Constant(long[] values, params ReadOnlySpan<int> sizes);

    /// <summary>Adds a single number that belongs to the model.</summary>
    public string Constant(float value) => Constant([value], []);

    /// <summary>Converts numbers.</summary>
    public string Cast(string value, OnnxType type) => Add("Cast", [new("to", (long)type)], value);

    /// <summary>Gives a result to the caller under the name of ML.NET's column.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The result [rows x columns].</param>
    /// <param name="columns">The columns.</param>
    /// <param name="type">The type of its numbers.</param>
    public abstract void Output(string name, string value, int columns, OnnxType type = OnnxType.Float);
}
