namespace Microsoft.ML.SimpleNn;

/// <summary>Which rule an <see cref="OptimizerState"/> belongs to. The values are part of saved models: never renumber them.</summary>
internal enum OptimizerKind : byte
{
    /// <summary>Gradient descent, with or without momentum.</summary>
    Sgd = 1,

    /// <summary>AdaGrad.</summary>
    AdaGrad = 2,

    /// <summary>RMSProp.</summary>
    RmsProp = 3,

    /// <summary>AdaDelta.</summary>
    AdaDelta = 4,

    /// <summary>Adam, AdamW and AMSGrad, which all remember the same means.</summary>
    Adam = 5,

    /// <summary>L-BFGS, whose memory does not outlive a run.</summary>
    Lbfgs = 6,
}
