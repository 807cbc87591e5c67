namespace Microsoft.ML.SimpleNn.Tests.Properties;

/// <summary>What a <see cref="Problem"/> is about.</summary>
internal enum LossKind
{
    /// <summary>One of several classes: softmax cross-entropy.</summary>
    Classes,

    /// <summary>Several labels, each yes or no: sigmoid cross-entropy.</summary>
    Labels,

    /// <summary>Numbers: squared error.</summary>
    Numbers,

    /// <summary>Numbers with outliers: Huber's loss.</summary>
    Robust,

    /// <summary>Counts: the Poisson loss.</summary>
    Counts,
}
