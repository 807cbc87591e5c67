using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Rows of features in one of the forms in which they are kept. They lie in arrays of elements: a value, or a value and its index.</summary>
internal abstract class FeatureRows
{
    /// <summary>The memory of an element.</summary>
    public abstract int BytesPerElement { get; }

    /// <summary>The elements that there is room for.</summary>
    public abstract long Capacity { get; }

    /// <summary>The elements in use.</summary>
    public abstract long Used { get; }

    /// <summary>How many elements another row takes.</summary>
    /// <param name="values">The values that the row is given with.</param>
    public abstract long ElementsOf(ReadOnlySpan<float> values);

    /// <summary>Adds a row, for which there must be room.</summary>
    /// <param name="values">All values, or some.</param>
    /// <param name="indices">The feature of each value; empty where all are there.</param>
    public abstract void Append(ReadOnlySpan<float> values, ReadOnlySpan<int> indices);

    /// <summary>Copies a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="features">Takes all features of the row.</param>
    public abstract void CopyTo(int row, Span<float> features);

    /// <summary>Gives the arrays another length, at least that of the elements in use.</summary>
    public abstract void Resize(long capacity);

    /// <summary>The rows as the engine takes them, without a copy where the capacity is what is used.</summary>
    /// <param name="targets">The targets [rows x targetsPerRow]; null when the features are the targets.</param>
    /// <param name="weights">The weights [rows], or null.</param>
    public abstract ExampleSet ToExamples(float[]? targets, float[]? weights);
}
