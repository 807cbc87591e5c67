namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>The products of a dense layer.</summary>
internal enum Product
{
    /// <summary>Y = max(0, X W^T + b).</summary>
    Forward,

    /// <summary>dX = dY W.</summary>
    InputGradient,

    /// <summary>dW = dY^T X.</summary>
    WeightGradient,
}
