using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>A row that every task finds its label in.</summary>
public sealed class SampleRow
{
    /// <summary>The features.</summary>
    public VBuffer<float> Features;

    /// <summary>The class.</summary>
    public string Class = "";

    /// <summary>A class of two.</summary>
    public bool Flag;

    /// <summary>A number, 0 or more.</summary>
    public float Number;

    /// <summary>Two numbers.</summary>
    [VectorType(2)]
    public float[] Numbers = [];

    /// <summary>Two labels.</summary>
    [VectorType(2)]
    public bool[] Labels = [];
}
