using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.SimpleNn.Schema;
using Microsoft.ML.Trainers.SimpleNn;
using DataType = Microsoft.ML.SimpleNn.Schema.TensorProto.Types.DataType;

namespace Microsoft.ML.SimpleNn.Export;

/// <summary>A graph that becomes a file of its own.</summary>
internal sealed class OnnxFileGraph : OnnxGraph
{
    private readonly GraphProto _graph = new() { Name = "SimpleNn" };
    private readonly Dictionary<string, string> _metadata = [];
    private int _names;

    /// <summary>Begins with the input: rows of features, of any number.</summary>
    /// <param name="features">The features of a row.</param>
    public OnnxFileGraph(int features)
    {
        _graph.Input.Add(Value(OnnxNames.Features, DataType.Float, features));
    }

    /// <inheritdoc/>
    public override string Features => OnnxNames.Features;

    /// <inheritdoc/>
    public override string Add(string operation, OnnxAttribute[] attributes, params ReadOnlySpan<string> inputs)
    {
        string result = NewName(operation);
        var node = new NodeProto { OpType = operation, Name = result, Input = { inputs.ToArray() }, Output = { result } };
        node.Attribute.AddRange(attributes.Select(Attribute));
        _graph.Node.Add(node);
        return result;
    }

    /// <inheritdoc/>
    public override string SumOfColumns(string value) => Add("ReduceSum", value, Constant([1L], 1));

    /// <inheritdoc/>
    public override string Constant(float[] values, params ReadOnlySpan<int> sizes)
    {
        if (!BitConverter.IsLittleEndian) values = Array.ConvertAll(values, value => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(value))));
        return Constant(DataType.Float, MemoryMarshal.AsBytes(values.AsSpan()), sizes);
    }

    /// <inheritdoc/>
    public override string Constant(double[] values, params ReadOnlySpan<int> sizes)
    {
        if (!BitConverter.IsLittleEndian) values = Array.ConvertAll(values, value => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToInt64Bits(value))));
        return Constant(DataType.Double, MemoryMarshal.AsBytes(values.AsSpan()), sizes);
    }

    /// <inheritdoc/>
    public override string Constant(long[] values, params ReadOnlySpan<int> sizes)
    {
        if (!BitConverter.IsLittleEndian) values = Array.ConvertAll(values, BinaryPrimitives.ReverseEndianness);
        return Constant(DataType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), sizes);
    }

    /// <inheritdoc/>
    public override void Output(string name, string value, int columns, OnnxType type = OnnxType.Float)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = name, Input = { value }, Output = { name } });
        _graph.Output.Add(Value(name, (DataType)type, columns));
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

    private static AttributeProto Attribute(OnnxAttribute attribute) => attribute switch
    {
        { Integers: { } integers } => new() { Name = attribute.Name, Ints = { integers }, Type = AttributeProto.Types.AttributeType.Ints },
        { Integer: long integer } => new() { Name = attribute.Name, I = integer, Type = AttributeProto.Types.AttributeType.Int },
        _ => new() { Name = attribute.Name, F = attribute.Number!.Value, Type = AttributeProto.Types.AttributeType.Float },
    };

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
