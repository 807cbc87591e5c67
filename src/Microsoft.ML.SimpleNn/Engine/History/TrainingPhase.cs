namespace Microsoft.ML.SimpleNn;

/// <summary>What a run of epochs is for: a network can be trained several times until it is the one that is kept.</summary>
public enum TrainingPhase
{
    /// <summary>The training of the network, in which the rows held out choose how long.</summary>
    Training,

    /// <summary>One of several trainings on parts of a small table, which choose how long together.</summary>
    Fold,

    /// <summary>The training on all rows, those held out among them, for as long as was chosen.</summary>
    Refit,
}
