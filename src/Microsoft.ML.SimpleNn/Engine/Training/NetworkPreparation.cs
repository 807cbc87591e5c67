namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Prepares a network for a run: measures what its stages do to features and targets, and draws its weights. A warm start goes on with what is there.
/// </summary>
internal static class NetworkPreparation
{
    /// <summary>Checks that the run can begin, and prepares network, rows, and what the optimizer remembers.</summary>
    public static PreparedRows Prepare(Network network, ExampleSource training, ExampleSource? validation, TrainingOptions options)
    {
        TrainingChecks.Check(network, training, validation, options);
        var rows = new PreparedRows(training.WithoutWeightless(), validation?.WithoutWeightless() is { RowCount: > 0 } some ? some : null);
        rows = rows with { TargetScaling = Prepare(network, rows.Training, options) };
        Constrain(network, options);
        if (options.OptimizerState is { StepCount: 0 } fresh) fresh.Begin(network, options.Optimizer, learnsGains: !training.TargetsAreFeatures);
        options.OptimizerState?.CheckIsFor(network, options.Optimizer);
        return rows;
    }

    private static void Constrain(Network network, TrainingOptions options)
    {
        if (options.CreateMonotoneConstraints(network) is not { } monotone) return;
        if (options.WarmStart) monotone.Apply(team: null);
        else monotone.Reflect();
    }

    private static TargetScaling? Prepare(Network network, ExampleSource training, TrainingOptions options)
    {
        TargetUnit unit = options.NormalizeTargets ? options.Loss.TargetUnit : TargetUnit.AsGiven;
        if (options.WarmStart && (network.InputStage ?? (object?)network.OutputStage) != null) return GoOn(network, training, unit);

        bool isAutoencoder = training.TargetsAreFeatures;
        InputStage? inputs = CreateInputStage(network, training, options);
        TargetScaling? targetScaling = TargetScaling.Measure(training, unit);
        if (options.WarmStart) Unfold(network, inputs, targetScaling, isAutoencoder);
        network.SetInputStage(inputs);
        network.OutputStage = isAutoencoder ? inputs?.Inverse() : targetScaling?.ToOutputStage();
        if (options.WarmStart) return targetScaling;
        if (options.Initializer == null && options.Optimizer.Parametrization == Parametrization.NeuralTangent) network.InitializeNeuralTangent(options.Seed);
        else network.Initialize(options.Initializer, options.Seed);
        return targetScaling;
    }

    private static TargetScaling? GoOn(Network network, ExampleSource training, TargetUnit unit)
    {
        if (network.OutputStage == null || training.TargetsAreFeatures) return null;
        TargetScaling? scaling = TargetScaling.Of(network.OutputStage, unit, training);
        // What never changed or was never known before may do so now.
        if (network.OutputStage.Scale.Contains(0)) network.OutputStage = scaling?.ToOutputStage() ?? network.OutputStage.WithKnown(training.MeasureTargets());
        return scaling;
    }

    private static InputStage? CreateInputStage(Network network, ExampleSource training, TrainingOptions options)
    {
        if (!options.NormalizeFeatures) return null;
        if (options.InputStage is { } measured && !options.WarmStart) return measured.Clone();
        // Only what is linear can be taken out of the weights of a network that has no stages, as those of earlier versions have none.
        ColumnHints hints = (options.ColumnHints ?? ColumnHints.None) with { Directions = options.MonotoneDirections };
        return InputStageRules.Measure(
            training, hints, bounded: !training.TargetsAreFeatures && !options.WarmStart, marked: !options.WarmStart,
            options.Loss.ClassesOf(network.Outputs), options.Threads);
    }

    /// <summary>Takes out of the weights what the stages do from now on.</summary>
    private static void Unfold(Network network, InputStage? inputs, TargetScaling? targetScaling, bool isAutoencoder)
    {
        inputs?.UnfoldFrom(network.Layers[0]);
        targetScaling?.UnfoldFrom(network.Layers[^1]);
        if (isAutoencoder) inputs?.UnfoldFromOutputs(network.Layers[^1]);
        if (network.FindNotFinite() is { } found)
            throw new ArgumentException(
                $"The network to go on from was trained on features or targets of another size than these, for which {found}: train a new one.",
                nameof(network));
    }
}
