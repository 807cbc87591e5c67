namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>An attribute of a node of ONNX: a whole number, a number, or several whole numbers.</summary>
internal sealed class OnnxAttribute
{
    /// <summary>An attribute that is a whole number.</summary>
    public OnnxAttribute(string name, long value)
    {
        (Name, Integer) = (name, value);
    }

    /// <summary>An attribute that is a number.</summary>
    public OnnxAttribute(string name, float value)
    {
        (Name, Number) = (name, value);
    }

    /// <summary>An attribute that is several whole numbers.</summary>
    public OnnxAttribute(string name, long[] values)
    {
        (Name, Integers) = (name, values);
    }

    /// <summary>The name of the attribute.</summary>
    public string Name { get; }

    /// <summary>The whole number; null for another kind.</summary>
    public long? Integer { get; }

    /// <summary>The number; null for another kind.</summary>
    public float? Number { get; }

    /// <summary>The whole numbers; null for another kind.</summary>
    public long[]? Integers { get; }
}
