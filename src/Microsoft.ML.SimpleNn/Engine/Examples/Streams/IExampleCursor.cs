namespace Microsoft.ML.SimpleNn;

/// <summary>A reader of rows, one after the other. What it gives of a row is valid until it moves on.</summary>
internal interface IExampleCursor : IDisposable
{
    /// <summary>Moves to the next row that can be learnt from; false at the end.</summary>
    bool MoveNext();

    /// <summary>The row's place in the data, from 0; rows that are passed over count.</summary>
    long Position { get; }

    /// <summary>How much the row counts, above 0.</summary>
    float Weight { get; }

    /// <summary>The targets [targets of a row].</summary>
    ReadOnlySpan<float> Targets { get; }

    /// <summary>
    /// The features, finite numbers: all of them, or, where <see cref="Indices"/> is not empty, those that it names; none where all are zero.
    /// </summary>
    ReadOnlySpan<float> Values { get; }

    /// <summary>The feature of each value, ascending; empty where all features are given.</summary>
    ReadOnlySpan<int> Indices { get; }
}
