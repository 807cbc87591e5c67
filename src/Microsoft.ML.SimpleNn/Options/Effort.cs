namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How much work a training puts into a model, where its options leave that open.</summary>
public enum Effort
{
    /// <summary>Short cycles, and no second training on all rows: about a quarter of the time.</summary>
    Quick,

    /// <summary>What gives a good model in seconds to minutes.</summary>
    Standard,

    /// <summary>
    /// Several networks, each with held-out rows or folds of its own, whose predictions are averaged: for who has the time, to train and to predict.
    /// </summary>
    Thorough,
}
