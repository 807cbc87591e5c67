namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>What is to be predicted.</summary>
internal enum Problem
{
    /// <summary>Yes or no.</summary>
    Binary,

    /// <summary>One of several classes.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,

    /// <summary>Several answers, each yes or no.</summary>
    Labels,

    /// <summary>Several numbers.</summary>
    Outputs,
}
