using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.SimpleNn.Schema;
using DataType = Microsoft.ML.SimpleNn.Schema.TensorProto.Types.DataType;

namespace Microsoft.ML.SimpleNn.Export;

/// <summary>A graph of ONNX while it is built: nodes are added in the order in which they are computed, and each gives the name of its result.</summary>
internal sealed class OnnxGraph
{
    private readonly GraphProto _graph = new() { Name = "SimpleNn" };
    private readonly Dictionary<string, string> _metadata = [];
    private int _names;

    /// <summary>Begins with the input: rows of features, of any number.</summary>
    /// <param name="features">The features of a row.</param>
    public OnnxGraph(int features)
    {
        _graph.Input.Add(Value(OnnxNames.Features, DataType.Float, features));
    }

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
    public string Add(string operation, AttributeProto[] attributes, params ReadOnlySpan<string> inputs)
    {
        string result = NewName(operation);
        var node = new NodeProto { OpType = operation, Name = result, Input = { inputs.ToArray() }, Output = { result }, Attribute = { attributes } };
        _graph.Node.Add(node);
        return result;
    }

    /// <summary>Converts numbers.</summary>
    public string Cast(string value, DataType type) => Add("Cast", [Attribute("to", (long)type)], value);

    /// <summary>Adds numbers that belong to the model.</summary>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="sizes">The sizes of the tensor; none for a single number.</param>
    /// <returns>Their name.</returns>
    public string Constant(float[] values, params ReadOnlySpan<int> sizes)
    {
        if (!BitConverter.IsLittleEndian) values = Array.ConvertAll(values, value => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(value))));
        return Constant(DataType.Float, MemoryMarshal.AsBytes(values.AsSpan()), sizes);
    }

    /// <inheritdoc cref="Constant(float[], ReadOnlySpan{int})"/>
    public string Constant(double[] values, params ReadOnlySpan<int> sizes)
    {
        if (!BitConverter.IsLittleEndian) values = Array.ConvertAll(values, value => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToInt64Bits(value))));
        return Constant(DataType.Double, MemoryMarshal.AsBytes(values.AsSpan()), sizes);
    }

    /// <inheritdoc cref="Constant(float[], ReadOnlySpan{int})"/>
    public string Constant(long[] values, params ReadOnlySpan<int> sizes)
    {
        if (!BitConverter.IsLittleEndian) values = Array.ConvertAll(values, BinaryPrimitives.ReverseEndianness);
        return Constant(DataType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), sizes);
    }

    /// <summary>Adds a single number that belongs to the model.</summary>
    public string Constant(float value) => Constant([value], []);

    /// <summary>Gives a result to the caller under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The result [rows x columns].</param>
    /// <param name="columns">The columns.</param>
    /// <param name="type">The type of its numbers.</param>
    public void Output(string name, string value, int columns, DataType type = DataType.Float)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = name, Input = { value }, Output = { name } });
        _graph.Output.Add(Value(name, type, columns));
    }

    /// <summary>Says something about the model that its numbers do not.</summary>
    public void Describe(string key, string value) => _metadata[key] = value;

    /// <summary>The whole file.</summary>
    public ModelProto ToModel()
    {
        var model = new ModelProto
        {
            IrVersion = OnnxNames.IrVersion,
            ProducerName = OnnxNames.Producer,
            ProducerVersion = OnnxNames.ProducerVersion,
            Graph = _graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OnnxNames.Opset } },
        };
        foreach ((string key, string value) in _metadata) model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }

    /// <summary>An attribute that is a whole number.</summary>
    public static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    /// <summary>An attribute that is a number.</summary>
    public static AttributeProto Attribute(string name, float value) => new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    private string Constant(DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> sizes)
    {
        string name = NewName("constant");
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        foreach (int size in sizes) tensor.Dims.Add(size);
        _graph.Initializer.Add(tensor);
        return name;
    }

    private string NewName(string what) => FormattableString.Invariant($"{what}_{_names++}");

    private static ValueInfoProto Value(string name, DataType type, int columns)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "rows" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
