using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>What ONNX Runtime makes of a file, and how far that is from what the library makes of the same rows.</summary>
internal sealed class OnnxScores : IDisposable
{
    /// <summary>The largest difference, as a part of the score or, where that is larger, of the root mean square of the scores.</summary>
    public const float Tolerance = 1e-5f;

    private readonly InferenceSession _session;

    /// <summary>Loads a file on one thread.</summary>
    public OnnxScores(byte[] file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(file, options);
    }

    /// <summary>The columns of each output.</summary>
    public IReadOnlyDictionary<string, int> Columns => _session.OutputMetadata.ToDictionary(output => output.Key, output => output.Value.Dimensions[1]);

    /// <summary>What the file says besides its graph.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Scores rows: one output, row after row.</summary>
    public T[] Run<T>(string output, float[] features, int rows)
        where T : unmanaged
    {
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(features, [rows, features.Length / rows]);
        using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, [_session.InputNames[0]], [input], [output]);
        return results[0].GetTensorDataAsSpan<T>().ToArray();
    }

    /// <summary>Throws where a score differs by more than <see cref="Tolerance"/>.</summary>
    /// <param name="expected">What the library computes.</param>
    /// <param name="actual">What ONNX Runtime computes.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <param name="spread">The spread of a number that an output stage makes of a sum near 1: near zero, its digits are those of the spread.</param>
    public static void AssertClose(float[] expected, float[] actual, string what, double spread = 0)
    {
        Assert.HasCount(expected.Length, actual, what);
        float[] finite = [.. expected.Where(float.IsFinite)];
        double scale = Math.Max(spread, Math.Sqrt(finite.Sum(value => (double)value * value) / Math.Max(1, finite.Length)));
        for (int i = 0; i < expected.Length; i++)
        {
            bool isSame = expected[i].Equals(actual[i]) || Math.Abs((double)expected[i] - actual[i]) <= Tolerance * Math.Max(Math.Abs(expected[i]), scale);
            Assert.IsTrue(isSame, $"{what}, number {i}: expected {expected[i]:R}, found {actual[i]:R}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
