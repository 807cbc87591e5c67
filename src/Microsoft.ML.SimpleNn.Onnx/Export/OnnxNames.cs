using System.Reflection;

namespace Microsoft.ML.SimpleNn.Export;

/// <summary>What the files that are written have in common.</summary>
internal static class OnnxNames
{
    /// <summary>The version of ONNX's operators: the first in which every operator that a network needs takes what it needs, so that old runtimes read the file too.</summary>
    public const int Opset = 13;

    /// <summary>The version of ONNX's messages.</summary>
    public const int IrVersion = 7;

    /// <summary>The input: features as they are in the data [rows x features], NaN where they are missing.</summary>
    public const string Features = "Features";

    /// <summary>The key under which the names of the classes stand, a JSON array.</summary>
    public const string ClassNames = "ClassNames";

    /// <summary>The key under which the names of the score's slots stand, a JSON array.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>The key under which an autoencoder's threshold stands.</summary>
    public const string Threshold = "Threshold";

    /// <summary>Who wrote the file.</summary>
    public const string Producer = "Microsoft.ML.SimpleNn";

    /// <summary>The version of it.</summary>
    public static string ProducerVersion { get; } =
        typeof(OnnxNames).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
