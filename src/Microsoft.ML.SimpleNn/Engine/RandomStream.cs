namespace Microsoft.ML.SimpleNn;

/// <summary>What random numbers are for. The values are part of the reproducibility promise: never renumber them.</summary>
internal enum RandomStream
{
    /// <summary>The first weights.</summary>
    Weights = 1,

    /// <summary>The order of the rows in each epoch.</summary>
    Shuffle = 2,

    /// <summary>Which rows are held out for validation.</summary>
    Validation = 3,

    /// <summary>What dropout drops.</summary>
    Dropout = 4,

    /// <summary>Which rows stand for all where not all can be kept.</summary>
    Sample = 5,

    /// <summary>How images are distorted.</summary>
    Distortion = 6,

    /// <summary>Which options a search tries.</summary>
    Tuning = 7,
}
