using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.SimpleNn.Schema;

namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>A file of ONNX as some other program might write it; its input is X.</summary>
public sealed class TestGraph
{
    private readonly GraphProto _graph = new() { Name = "test" };

    /// <summary>Begins with an input of so many features.</summary>
    public TestGraph(int inputs)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" }, new TensorShapeProto.Types.Dimension { DimValue = inputs } } };
        _graph.Input.Add(new ValueInfoProto { Name = "X", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } } });
    }

    /// <summary>Adds a node.</summary>
    public TestGraph Add(string operation, string[] inputs, string output, params (string Name, float Value)[] attributes)
    {
        var node = new NodeProto { OpType = operation, Input = { inputs }, Output = { output } };
        foreach ((string name, float value) in attributes) node.Attribute.Add(new AttributeProto { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float });
        _graph.Node.Add(node);
        return this;
    }

    /// <summary>Adds numbers as bytes, as PyTorch writes them.</summary>
    public TestGraph Tensor(string name, float[] values, params long[] sizes)
    {
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = 1, Dims = { sizes }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())) });
        return this;
    }

    /// <summary>Adds numbers of double precision one by one, as scikit-learn's converter writes numbers.</summary>
    public TestGraph Doubles(string name, double[] values, params long[] sizes)
    {
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = 11, Dims = { sizes }, DoubleData = { values } });
        return this;
    }

    /// <summary>Adds numbers that stand in another file.</summary>
    public TestGraph External(string name)
    {
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = 1, Dims = { 1, 1 }, DataLocation = TensorProto.Types.DataLocation.External });
        return this;
    }

    /// <summary>Reads the file.</summary>
    public Network Load() => OnnxNetwork.Load(new MemoryStream(new ModelProto { IrVersion = 7, Graph = _graph }.ToByteArray()));
}
