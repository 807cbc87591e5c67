namespace Microsoft.ML.SimpleNn;

/// <summary>Rows that can be read as often as wanted, in the same order each time, and need not fit in memory.</summary>
internal interface IExampleStream
{
    /// <summary>The features of a row.</summary>
    int FeatureCount { get; }

    /// <summary>The target values of a row; 0 where the features are the targets.</summary>
    int TargetsPerRow { get; }

    /// <summary>Begins to read, before the first row.</summary>
    IExampleCursor Open();
}
