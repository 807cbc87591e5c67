using Google.Protobuf;
using Microsoft.ML.SimpleNn.IO;
using Microsoft.ML.SimpleNn.Schema;

namespace Microsoft.ML.SimpleNn.Export;

/// <summary>Writes a graph.</summary>
internal static class OnnxFile
{
    /// <summary>What a file has besides the networks' weights, generously.</summary>
    private const long Besides = 1 << 24;

    /// <summary>Writes a graph to a file, as a whole or not at all.</summary>
    /// <param name="networks">The networks of the model.</param>
    /// <param name="graph">Builds the graph.</param>
    /// <param name="path">The file.</param>
    public static void Write(IReadOnlyList<Network> networks, Func<OnnxFileGraph> graph, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelProto model = Build(networks, graph);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>Writes a graph to a stream, which stays open.</summary>
    /// <param name="networks">The networks of the model.</param>
    /// <param name="graph">Builds the graph.</param>
    /// <param name="stream">The stream.</param>
    public static void Write(IReadOnlyList<Network> networks, Func<OnnxFileGraph> graph, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Build(networks, graph).WriteTo(stream);
    }

    private static ModelProto Build(IReadOnlyList<Network> networks, Func<OnnxFileGraph> graph)
    {
        long bytes = networks.Sum(network => network.ParameterCount) * sizeof(float);
        if (bytes > int.MaxValue - Besides)
            throw new NotSupportedException(FormattableString.Invariant($"The model has {bytes} bytes of weights, and a file of ONNX holds less than {int.MaxValue}: train with smaller hidden layers, or fewer features or networks."));
        return graph().ToModel();
    }
}
