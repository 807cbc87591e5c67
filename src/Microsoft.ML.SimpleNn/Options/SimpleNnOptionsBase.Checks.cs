using System.Globalization;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <content>What is refused, in the user's words.</content>
public abstract partial class SimpleNnOptionsBase
{
    /// <summary>Throws when an option is out of its range.</summary>
    internal virtual void Check()
    {
        CheckNamesAndChoices();
        CheckHiddenLayers();
        Require(OptionConstraints.LabelSmoothing, LabelSmoothing);
        Require(OptionConstraints.NumberOfEpochs, NumberOfEpochs);
        Require(OptionConstraints.BatchSize, BatchSize);
        Require(OptionConstraints.L1Regularization, L1Regularization);
        Require(OptionConstraints.L2Regularization, L2Regularization);
        Require(OptionConstraints.InputDropout, InputDropout);
        Require(OptionConstraints.Dropout, Dropout);
        Require(OptionConstraints.MaximumGradientNorm, MaximumGradientNorm);
        Require(OptionConstraints.MaximumWeightNorm, MaximumWeightNorm);
        if (Optimizer is LbfgsOptimizer)
            CheckFullBatch();
        Require(TrainerConstraints.ValidationFraction, ValidationFraction);
        Require(OptionConstraints.Patience, Patience);
        Require(OptionConstraints.MinimumImprovement, MinimumImprovement);
        Require(TrainerConstraints.EnsembleSize, EnsembleSize);
        Require(OptionConstraints.TimeBudget, TimeBudget);
        Require(TrainerConstraints.MemoryBudget, MemoryBudget);
        Require(OptionConstraints.NumberOfThreads, NumberOfThreads);
    }

    /// <summary>Throws when a number is out of its range.</summary>
    private protected static void Require<T>(OptionConstraint<T> constraint, T value)
        where T : struct, IComparable<T>, IFormattable => Throw(constraint.Name, constraint.Refuse(value));

    /// <inheritdoc cref="Require{T}(OptionConstraint{T}, T)"/>
    private protected static void Require<T>(OptionConstraint<T> constraint, T? value)
        where T : struct, IComparable<T>, IFormattable => Throw(constraint.Name, constraint.Refuse(value));

    /// <summary>Throws when an option is not what it must be.</summary>
    /// <param name="holds">Whether it is.</param>
    /// <param name="option">The name of the option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="rangeAndRemedy">What it must be and what to do, as the end of a sentence that begins with "it".</param>
    private protected static void Require(bool holds, string option, object? value, string rangeAndRemedy)
    {
        if (!holds)
            Throw(option, string.Create(CultureInfo.InvariantCulture, $"{option} is {Text(value)}: it {rangeAndRemedy}."));

        static string Text(object? value) => value switch
        {
            null => "null",
            string text when string.IsNullOrWhiteSpace(text) => "empty",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }

    private static void Throw(string option, string? refusal)
    {
        if (refusal is not null)
            throw Contracts.ExceptUserArg(option, refusal);
    }

    private static void RequireChoice<T>(T value, string option)
        where T : struct, Enum => Require(Enum.IsDefined(value), option, value.ToString("d"), $"must be one of {string.Join(", ", Enum.GetNames<T>())}");

    private void CheckNamesAndChoices()
    {
        Require(!string.IsNullOrWhiteSpace(FeatureColumnName), nameof(FeatureColumnName), FeatureColumnName, "must name the column of the features, for " +
            "example \"Features\"");
        Require(ExampleWeightColumnName is null
            || !string.IsNullOrWhiteSpace(ExampleWeightColumnName), nameof(ExampleWeightColumnName), ExampleWeightColumnName,
            "must name the column of the example weights; with null all rows weigh alike");
        Require(CheckpointPath is null || !string.IsNullOrWhiteSpace(CheckpointPath), nameof(CheckpointPath), CheckpointPath,
            "must name a file, for example \"training.checkpoint\"; with null there is none");
        Require(Optimizer is not null, nameof(Optimizer), null, "must be an optimizer, for example new AdamOptimizer()");
        RequireChoice(Activation, nameof(Activation));
        RequireChoice(Effort, nameof(Effort));
        RequireChoice(MissingFeatures, nameof(MissingFeatures));
    }

    private void CheckHiddenLayers()
    {
        Require(HiddenLayers is not { Length: > NetworkLimits.HiddenLayers }, nameof(HiddenLayers), $"an array of {HiddenLayers?.Length}",
            $"must have at most {NetworkLimits.HiddenLayers} layers; one to three are usual");
        for (int i = 0; i < HiddenLayers?.Length; i++)
            Require(HiddenLayers[i] >= 1, $"{nameof(HiddenLayers)}[{i}]", HiddenLayers[i], "must be 1 unit or more; leave the layer out of the array " +
                "to have none");
    }

    private void CheckFullBatch()
    {
        Require(!KeepOptimizerState, nameof(KeepOptimizerState), "true", $"must be false with {nameof(LbfgsOptimizer)}, which begins each run afresh; take " +
            $"another optimizer for it");
        if (OptionConstraints.UnfitForFullBatch(LabelSmoothing, InputDropout, Dropout, ImageDistortion, MaximumGradientNorm, MaximumWeightNorm)
            is (string option, object value, string mustBe))
            Require(false, option, value, $"must be {mustBe} with {nameof(LbfgsOptimizer)}, which compares the loss from step to step; take another " +
                $"optimizer for it");
    }

    /// <summary>Throws when features cannot be monotone as an option says.</summary>
    private protected void RequireMonotone(Dictionary<string, int>? directions, string option)
    {
        if (directions is not { Count: > 0 })
            return;
        foreach ((string name, int direction) in directions)
            Require(direction is 1 or -1, $"{option}[\"{name}\"]", direction, "must be 1 where the score may not fall as the feature grows, and -1 where it " +
                "may not rise; leave out a feature that may change it either way");
        Require(MonotoneConstraints.Allows(Activation), nameof(Activation), Activation, $"must be {Activation.ReLU}, {Activation.LeakyReLU} or " +
            $"{Activation.Identity} with {option}, which needs an activation that keeps the order of all numbers");
        Require(Optimizer is not LbfgsOptimizer, option, $"a list of {directions.Count}",
            $"must be null with {nameof(LbfgsOptimizer)}, which knows no bounds of the weights; take another optimizer for it");
    }
}
