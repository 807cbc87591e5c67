namespace Microsoft.ML.SimpleNn.PerformanceTests.Mnist;

/// <summary>A way to learn MNIST's digits.</summary>
internal abstract class MnistRun
{
    /// <summary>The epochs of those that have epochs.</summary>
    protected const int Epochs = 10;

    /// <summary>The rows of a minibatch of those that have minibatches.</summary>
    protected const int BatchSize = 128;

    /// <summary>The hidden units of those that are networks.</summary>
    protected const int HiddenUnits = 128;

    /// <summary>What it is, for the table.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it takes about a minute or more, so that a quick run leaves it out.</summary>
    public bool TakesMinutes { get; init; }

    /// <summary>Trains, in a process of its own.</summary>
    /// <param name="folder">Where MNIST is.</param>
    /// <param name="threads">The threads to use.</param>
    /// <returns>The seconds of the training, without reading the files, and the share of the test digits that the result tells right.</returns>
    public abstract (double Seconds, double Accuracy) Run(string folder, int threads);
}
