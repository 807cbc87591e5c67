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
        Input("X", inputs);
    }

    /// <summary>Adds an input.</summary>
    public TestGraph Input(string name, int features = 1)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" }, new TensorShapeProto.Types.Dimension { DimValue = features } } };
        _graph.Input.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } } });
        return this;
    }

    /// <summary>Adds a Gelu, exact or not.</summary>
    public TestGraph Gelu(string input, string approximate, string output)
    {
        var attribute = new AttributeProto { Name = "approximate", S = ByteString.CopyFromUtf8(approximate), Type = AttributeProto.Types.AttributeType.String };
        _graph.Node.Add(new NodeProto { OpType = "Gelu", Input = { input }, Output = { output }, Attribute = { attribute } });
        return this;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">The names of what it takes.</param>
    /// <param name="output">The name of what it gives.</param>
    /// <param name="attributes">Its attributes that are numbers; those of whole numbers are written as such.</param>
    public TestGraph Add(string operation, string[] inputs, string output, params (string Name, float Value)[] attributes)
    {
        var node = new NodeProto { OpType = operation, Input = { inputs }, Output = { output } };
        foreach ((string name, float value) in attributes)
            node.Attribute.Add(name == "to" ? new AttributeProto { Name = name, I = (long)value, Type = AttributeProto.Types.AttributeType.Int } : new AttributeProto { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float });
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
