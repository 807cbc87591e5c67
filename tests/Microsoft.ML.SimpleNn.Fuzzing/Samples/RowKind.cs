namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>How the rows are that a sample model is trained on.</summary>
public enum RowKind
{
    /// <summary>All features are stored.</summary>
    Dense,

    /// <summary>Of many features, few are stored.</summary>
    Sparse,

    /// <summary>Dense rows, of which some have a feature that is missing.</summary>
    Missing,
}
