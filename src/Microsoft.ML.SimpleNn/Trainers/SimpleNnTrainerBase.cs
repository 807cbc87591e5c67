using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// What all SimpleNn trainers do: check the columns, read the rows, hold out validation rows, train the network and
/// report. A task adds its way of reading the label, its loss, and the model around the network.
/// </summary>
/// <remarks>
/// Fit and GetOutputSchema are not virtual in ML.NET. That the interface is listed here again makes calls through it, such
/// as a pipeline's, come to the methods of this class, whose errors tell the remedy too.
/// </remarks>
/// <typeparam name="TOptions">The options of the task.</typeparam>
/// <typeparam name="TTransformer">The prediction transformer that Fit gives.</typeparam>
/// <typeparam name="TModel">The model parameters inside it.</typeparam>
public abstract class SimpleNnTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>, ITrainerEstimator<TTransformer, TModel>
    where TOptions : SimpleNnOptionsBase
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly int _seed;

    /// <summary>Creates a trainer.</summary>
    /// <param name="environment">The environment of the catalog.</param>
    /// <param name="name">The name by which the trainer is known on the log.</param>
    /// <param name="options">The options; they are checked before anything else is done with them, and copied.</param>
    /// <param name="label">The label column, of the type that the task asks for, from the checked options; the default where there is none.</param>
    private protected SimpleNnTrainerBase(IHostEnvironment environment, string name, TOptions options, Func<TOptions, SchemaShape.Column> label)
        : base(Contracts.CheckRef(environment, nameof(environment)).Register(name), TrainerUtils.MakeR4VecFeature(Checked(options).FeatureColumnName),
            label(options), TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName))
    {
        TrainerOptions = (TOptions)options.Copy();
        // Drawn once, so that every Fit of this trainer on the same data gives the same model.
        _seed = options.Seed ?? Host.Rand.Next();
        Info = new TrainerInfo(normalization: !options.NormalizeFeatures, caching: false, supportValid: true, supportIncrementalTrain: true);
    }

    /// <summary>What this trainer wants of its data and what it supports.</summary>
    public sealed override TrainerInfo Info { get; }

    private protected TOptions TrainerOptions { get; }

    /// <summary>The loss that the training makes small; it also turns the network's outputs into predictions.</summary>
    /// <param name="targets">The reader of the label, by whose type a task may choose.</param>
    private protected abstract Loss LossFor(TargetReader targets);

    /// <summary>Whether numbers to predict are standardised inside the network.</summary>
    private protected virtual bool NormalizeTargets => false;

    /// <summary>The optimizer: that of the options, or where they leave the default the one that suits the loss.</summary>
    private protected virtual Optimizer ChosenOptimizer => TrainerOptions.Optimizer;

    /// <summary>The fraction of hidden units that is dropped where the options drop none.</summary>
    private protected virtual float DefaultDropout => 0;

    /// <summary>The fewest epochs that are chosen where the options name none.</summary>
    private protected virtual int FewestEpochs => SimpleNnDefaults.FewestEpochs;

    /// <summary>The reader of the task's label from data of the given schema.</summary>
    private protected abstract TargetReader CreateTargetReader(RoleMappedSchema schema);

    /// <summary>The fraction of the training rows to hold out where the options do not say.</summary>
    private protected virtual double DefaultValidationFraction(long rows) => SimpleNnDefaults.ValidationFractionFor(rows);

    /// <summary>A network of the given hidden layers, all weights 0.</summary>
    private protected virtual Network CreateNetwork(int features, int[] hiddenLayers, int outputs) =>
        NetworkShape.Create(Host, features, hiddenLayers, outputs, TrainerOptions.Activation);

    /// <summary>The features, the units of each layer of such a network, and its outputs.</summary>
    private protected virtual int[] SizesOf(int features, int[] hiddenLayers, int outputs) => [features, .. hiddenLayers, outputs];

    /// <summary>The model around trained networks, one or an ensemble.</summary>
    /// <param name="trained">The networks.</param>
    /// <param name="targets">The reader of the label.</param>
    /// <param name="training">The rows that the first was trained on; those held out are not among them.</param>
    /// <param name="validation">The rows that were held out, or given, to measure the first by; null when there were none.</param>
    private protected abstract TModel CreateModel(IReadOnlyList<TrainedNetwork> trained, TargetReader targets, ExampleSource training, ExampleSource? validation);

    /// <summary>The networks inside an earlier model of this task; null when the model is of another kind.</summary>
    private protected abstract IReadOnlyList<TrainedNetwork>? TrainedOf(IPredictor model);

    /// <summary>The names of the outputs of an earlier model; null where it has none.</summary>
    private protected virtual IReadOnlyList<string>? NamesOf(IPredictor model) => null;

    /// <summary>Trains a model.</summary>
    /// <param name="input">The training rows.</param>
    /// <returns>The transformer that predicts with the trained model.</returns>
    public new TTransformer Fit(IDataView input) => Train(input, null, null);

    /// <summary>Trains a model and measures it, for early stopping, on the given validation rows.</summary>
    /// <param name="trainData">The training rows; all of them are trained on.</param>
    /// <param name="validationData">The validation rows, with the same columns.</param>
    /// <returns>The transformer that predicts with the trained model.</returns>
    public TTransformer Fit(IDataView trainData, IDataView validationData)
    {
        Host.CheckValue(validationData, nameof(validationData));
        return Train(trainData, validationData, null);
    }

    /// <summary>
    /// Goes on training an earlier model, which stays as it is. Where the model carries what the optimizer remembered (KeepOptimizerState) and this
    /// trainer has the same kind of optimizer, it goes on with that; with another kind it starts afresh and a warning is logged. Classes, and the slots of a label of several numbers, are found
    /// by their names, whatever order the data has them in; other names than the model's are refused.
    /// </summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="modelParameters">The earlier model; its networks must be as many as EnsembleSize, with the inputs, layers, activation and outputs that this trainer would make.</param>
    /// <returns>The transformer that predicts with the trained model.</returns>
    public TTransformer Fit(IDataView trainData, TModel modelParameters)
    {
        Host.CheckValue(modelParameters, nameof(modelParameters));
        return Train(trainData, null, modelParameters);
    }

    /// <summary>Foretells the columns of the data that the trained transformer gives.</summary>
    /// <param name="inputSchema">The columns of the training data.</param>
    /// <returns>Those columns and the ones that are added.</returns>
    public new SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        CheckColumns(inputSchema);
        return base.GetOutputSchema(inputSchema);
    }

    private static TOptions Checked(TOptions options)
    {
        options.Check();
        return options;
    }

    private TTransformer Train(IDataView training, IDataView? validation, TModel? model)
    {
        Host.CheckValue(training, nameof(training));
        CheckColumns(SchemaShape.Create(training.Schema));
        if (validation is not null)
            CheckColumns(SchemaShape.Create(validation.Schema));
        return TrainTransformer(training, validation, (IPredictor?)model);
    }

    /// <summary>ML.NET's own check, which follows, names a column and its types but no remedy.</summary>
    private void CheckColumns(SchemaShape schema)
    {
        if (LabelColumn.IsValid && !schema.TryFindColumn(LabelColumn.Name, out _))
            throw Host.ExceptParam(nameof(schema), $"There is no label column '{LabelColumn.Name}' in the data, which has {FeatureReader.Columns(schema)}: name another column with {nameof(SimpleNnSupervisedOptionsBase.LabelColumnName)}, or the argument labelColumnName.");
        FeatureReader.CheckColumn(Host, schema, FeatureColumn.Name);
        if (WeightColumn.IsValid)
            WeightReader.CheckColumn(Host, schema, WeightColumn.Name);
    }

    /// <inheritdoc/>
    protected sealed override TModel TrainModelCore(TrainContext trainContext)
    {
        using IChannel channel = Host.Start("Training");
        if (TrainerOptions.CheckpointPath is not null)
            CheckpointFile.CheckFolder(TrainerOptions.CheckpointPath); // before all rows are read
        DataViewSchema.Column features = trainContext.TrainingSet.Schema.Feature!.Value;
        ImageShape? imageShape = TrainerOptions.ImageDistortion is null ? null : ImageShapes.Read(Host, features, TrainerOptions.ImageShape);
        TargetReader targets = CreateTargetReader(trainContext.TrainingSet.Schema);
        ExampleReader reader = new(Host, channel, CreateTargetReader, TrainerOptions.AcceptsMissing, areImages: imageShape is not null, TrainerOptions.CancellationToken);
        // Validation rows that are given have a quarter of the memory.
        long memory = TrainerOptions.MemoryBudget ?? SimpleNnDefaults.MemoryBudget, validationMemory = trainContext.ValidationSet is null ? 0 : memory / 4;
        ExampleSource examples = reader.Read("training data", trainContext.TrainingSet, targets, memory - validationMemory);
        reader.ReportOrder();
        if (imageShape is not null && examples.IsSparse)
            throw Host.Except($"{nameof(TrainerOptions.ImageDistortion)} needs all pixels of the images, but those of {examples.RowCount} rows do not fit in an array: " +
                $"set {nameof(TrainerOptions.MemoryBudget)} to less than {4L * Array.MaxLength} bytes, so that the rows are read anew in each epoch, or leave the distortion out.");
        targets.CheckTrainingTargets(Host, channel);
        if (reader.FeaturesAreAllEqual)
            channel.Warning(MessageSensitivity.Schema, $"All {examples.RowCount} rows of the training data have the same features in column '{features.Name}': the model predicts the same for every row that is like them. Look at how the column is made.");
        ClassWeighting? classWeighting = targets.ConstantOutput is null ? ClassWeighting.Create(Host, TrainerOptions, targets, examples) : null;
        examples = classWeighting?.Apply("training data", examples) ?? examples;

        IReadOnlyList<TrainedNetwork>? earlier = trainContext.InitialPredictor is null
            ? null
            : Earlier(channel, trainContext.InitialPredictor, examples.FeatureCount, targets);
        ExampleSource? validation = null;
        if (trainContext.ValidationSet is not null)
        {
            validation = ReadValidation(reader, trainContext.ValidationSet, targets, examples.FeatureCount, validationMemory);
            validation = classWeighting?.Apply("validation data", validation) ?? validation;
        }

        ColumnHints hints = FeatureHints.Read(features) with { AcceptsMissing = TrainerOptions.AcceptsMissing };
        using Checkpoint? checkpoint = OpenCheckpoint(channel, examples, validation, (memory, validationMemory), targets, hints, earlier);
        var ensemble = new EnsembleTraining(channel, TrainerOptions, checkpoint);
        ExampleSource? trainedOn = null, measuredOn = null;
        IReadOnlyList<TrainedNetwork> trained = ensemble.Run((member, budget) =>
        {
            (TrainedNetwork network, ExampleSource training, ExampleSource? judges) = TrainNetwork(channel, examples, validation, targets, hints, imageShape, member, budget, ensemble.StopSignal, earlier?[member], checkpoint);
            FinishedNetwork.Check(Host, network.Network, features);
            if (trainedOn is null)
                (trainedOn, measuredOn) = (training, judges);
            MarkUnknown(network.Network, targets.NeverKnown, earlier?[member].Network.OutputStage);
            return network;
        });
        if (earlier is null && !targets.TargetsAreFeatures)
            FinalLoss.Report(channel, trained, LossOfMean.Of(LossFor(targets), trainedOn!, measuredOn ?? trainedOn!, targets.Outputs, NormalizeTargets), ChosenOptimizer.LearningRate);
        if (trained.Count == TrainerOptions.NumberOfNetworks)
            checkpoint?.Complete();
        return CreateModel(trained, targets, trainedOn!, measuredOn);
    }

    /// <summary>Opens what the training goes on from; null where nobody asks for it.</summary>
    private Checkpoint? OpenCheckpoint(
        IChannel channel, ExampleSource training, ExampleSource? validation, (long Training, long Validation) memory, TargetReader targets, ColumnHints hints, IReadOnlyList<TrainedNetwork>? earlier)
    {
        if (TrainerOptions.CheckpointPath is null)
            return null;
        var identity = new TrainingIdentity();
        identity.AddOptions(GetType(), TrainerOptions, _seed);
        identity.AddRows("training rows", training, memory.Training);
        identity.AddRows("validation rows", validation, memory.Validation);
        identity.AddColumns(targets, hints);
        identity.AddModel(earlier);
        var checkpoint = Checkpoint.Open(TrainerOptions.CheckpointPath, TrainerOptions.CheckpointEvery ?? CheckpointInterval.Epochs(1), identity.Pairs, warning => channel.Warning(MessageSensitivity.None, warning));
        if (checkpoint.RememberedRuns > 0)
            channel.Info(MessageSensitivity.None, $"The training goes on from the checkpoint '{TrainerOptions.CheckpointPath}'.");
        return checkpoint;
    }

    /// <summary>Trains one network, and tells the rows that it was trained on and measured by.</summary>
    private (TrainedNetwork Trained, ExampleSource Training, ExampleSource? Validation) TrainNetwork(
        IChannel channel, ExampleSource training, ExampleSource? validation, TargetReader targets, ColumnHints hints, ImageShape? imageShape, int member, TimeSpan? timeBudget, StopSignal stopSignal,
        TrainedNetwork? earlier, Checkpoint? checkpoint)
    {
        int seed = unchecked(_seed + member), threads = TrainerOptions.NumberOfThreads ?? Environment.ProcessorCount;
        long all = training.RowCount;
        bool isAutoencoder = targets.TargetsAreFeatures;
        CheckSizes(TrainerOptions.HiddenLayers ?? TrainingPlan.FewestUnits); // before the features are measured, which takes memory too
        int classes = LossFor(targets).ClassesOf(targets.Outputs);
        InputStage? stage = !TrainerOptions.NormalizeFeatures || earlier is not null ? null : InputStageRules.Measure(training, hints, bounded: !isAutoencoder, marked: true, classes, threads);
        TrainingPlan plan = TrainingPlan.For(TrainerOptions, training.RowCount, stage ?? earlier?.Network.InputStage, training.IsSparse, FewestEpochs);
        CheckSizes(plan.HiddenLayers);
        Network first = earlier?.Network.Clone() ?? CreateNetwork(training.FeatureCount, plan.HiddenLayers, targets.Outputs);
        if (earlier is null && targets.ConstantOutput is float output)
            return (new TrainedNetwork(NetworkShape.MakeConstant(first, stage, output, seed), new TrainingHistory([], 0, StopReason.Completed), OptimizerState: null), training, validation);
        OptimizerState? state = StateFor(channel, first, earlier);
        if (earlier is null)
            channel.Info(MessageSensitivity.None, $"Hidden layers [{string.Join(", ", plan.HiddenLayers)}]: {plan.Reason}.");

        bool isFresh = earlier is null && state is null && timeBudget is null && plan.Schedule.HasCycles;
        bool? refit = isFresh ? TrainerOptions.RefitOnAllRows ?? (TrainerOptions.Effort == Effort.Quick || isAutoencoder ? false : null) : false;
        var fitting = new NetworkFitting(channel, plan, () => first.Clone(), Run, targets.TargetsAreClasses, seed);
        if (isFresh && plan.Folds > 0 && validation is null && refit != false && training is ExampleSet stored && fitting.Folds(stored) is { } foldOfRow)
        {
            (Network network, TrainingHistory history) = fitting.FoldAndFit(stored, foldOfRow);
            return (new TrainedNetwork(network, history, OptimizerState: null), training, null);
        }

        if (validation is not null || !TrainerOptions.EarlyStopping)
        {
            TrainingHistory history = Run(first, training, validation, plan.NumberOfEpochs, TrainingPhase.Training);
            return (new TrainedNetwork(first, history, TrainerOptions.KeepOptimizerState ? state : null), training, validation);
        }

        double fraction = TrainerOptions.ValidationFraction ?? (plan.Schedule.HasCycles ? SimpleNnDefaults.ThresholdFractionFor(training.RowCount) : DefaultValidationFraction(training.RowCount));
        if (refit == false)
        {
            (training, validation) = HoldOut.Split(training, targets.TargetsAreClasses, fraction, seed);
            TrainingHistory history = Run(first, training, validation, plan.NumberOfEpochs, TrainingPhase.Training);
            return (new TrainedNetwork(first, history, TrainerOptions.KeepOptimizerState ? state : null), training, validation);
        }

        (Network kept, TrainingHistory chosen, ExampleSource trainedOn, ExampleSource? judges) = fitting.HoldOutAndFit(training, fraction, refit);
        return (new TrainedNetwork(kept, chosen, OptimizerState: null), trainedOn, judges);

        void CheckSizes(int[] hiddenLayers) =>
            NetworkShape.CheckSizes(Host, SizesOf(training.FeatureCount, hiddenLayers, targets.Outputs), ChosenOptimizer, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

        TrainingHistory Run(Network network, ExampleSource rows, ExampleSource? judges, int epochs, TrainingPhase phase)
        {
            string prefix = (TrainerOptions.NumberOfNetworks == 1 ? "" : $"Network {member + 1}/{TrainerOptions.NumberOfNetworks}: ") + (phase == TrainingPhase.Training ? "" : $"{phase}: ");
            channel.Info(MessageSensitivity.None, $"{prefix}Training on {rows.RowCount} rows with {rows.FeatureCount} features, {judges?.RowCount ?? 0} rows for validation.");
            var log = new EpochLog(channel, TrainerOptions.Progress, prefix);
            bool smooths = plan.Schedule.HasCycles && TrainerOptions.Calibrate && targets.TargetsAreClasses && (judges is not null || phase == TrainingPhase.Refit);
            TrainingHistory history = TrainingLoop.Run(network, rows, judges, new TrainingOptions
            {
                Loss = LossFor(targets),
                Optimizer = ChosenOptimizer,
                LearningRateSchedule = plan.Schedule,
                NumberOfEpochs = epochs,
                BatchSize = plan.BatchSize,
                LabelSmoothing = TrainerOptions.LabelSmoothing ?? (smooths ? SimpleNnDefaults.LabelSmoothing : 0),
                Calibrate = TrainerOptions.Calibrate && judges is not null,
                L1Regularization = TrainerOptions.L1Regularization,
                L2Regularization = TrainerOptions.L2Regularization,
                InputDropout = TrainerOptions.InputDropout,
                Dropout = TrainerOptions.Dropout > 0 ? TrainerOptions.Dropout : DefaultDropout,
                ImageDistortion = TrainerOptions.ImageDistortion,
                ImageShape = imageShape,
                MaximumGradientNorm = TrainerOptions.MaximumGradientNorm,
                MaximumWeightNorm = TrainerOptions.MaximumWeightNorm,
                NormalizeFeatures = TrainerOptions.NormalizeFeatures,
                InputStage = rows.RowCount == all || rows is not ExampleSet ? stage : null, // what is held out has no say in where steps are; a stream is measured once
                ColumnHints = hints,
                NormalizeTargets = NormalizeTargets,
                WarmStart = earlier is not null,
                OptimizerState = state,
                Checkpoint = checkpoint?.NextRun(),
                EnsembleMember = member + 1,
                Phase = phase,
                JudgesAtRestOnly = phase == TrainingPhase.Fold,
                EarlyStopping = TrainerOptions.EarlyStopping && judges is not null && phase == TrainingPhase.Training,
                Patience = TrainerOptions.Patience,
                MinimumImprovement = TrainerOptions.MinimumImprovement,
                TimeBudget = timeBudget,
                StopSignal = stopSignal,
                Seed = seed,
                NumberOfThreads = TrainerOptions.NumberOfThreads ?? 0,
                Progress = log,
                Poll = Host.CheckAlive,
                CancellationToken = TrainerOptions.CancellationToken,
            });
            log.ReportEnd(history);
            return history;
        }
    }

    /// <summary>What the optimizer remembers at the start; null where nothing is carried over and nobody wants it kept.</summary>
    private OptimizerState? StateFor(IChannel channel, Network network, TrainedNetwork? earlier)
    {
        OptimizerState? carried = earlier?.OptimizerState;
        if (carried is null && !TrainerOptions.KeepOptimizerState)
            return null;
        OptimizerState state = ChosenOptimizer.CreateState(network);
        if (carried is not null && carried.Fits(ChosenOptimizer))
            state.CopyFrom(carried);
        else if (carried is not null)
            channel.Warning(MessageSensitivity.None, $"The given model carries the state of an optimizer of the kind {carried.Kind} with {carried.SlotCount} numbers for each weight, " +
                $"but the {ChosenOptimizer.GetType().Name} of this trainer remembers {ChosenOptimizer.SlotCount}, of the kind {ChosenOptimizer.Kind}: it starts afresh.");
        return state;
    }

    /// <summary>An output of which nothing is known, from these rows or from those of an earlier model, is predicted as NaN.</summary>
    private static void MarkUnknown(Network network, int[] neverKnown, OutputStage? earlier)
    {
        int[] unknown = [.. neverKnown.Where(output => earlier is null || earlier.IsUnknown(output))];
        if (unknown.Length > 0)
            network.OutputStage = OutputStage.WithUnknown(network.OutputStage, network.Outputs, unknown);
    }

    private IReadOnlyList<TrainedNetwork> Earlier(IChannel channel, IPredictor model, int features, TargetReader targets)
    {
        IReadOnlyList<TrainedNetwork> earlier = TrainedOf(model)
            ?? throw Host.ExceptParam(nameof(model), $"A model of type {model.GetType().Name} cannot be trained further by {GetType().Name}: give one that this trainer made.");
        if (earlier.Count != TrainerOptions.NumberOfNetworks)
            throw Host.Except($"The given model cannot be trained further: it has {earlier.Count} {(earlier.Count == 1 ? "network" : "networks")}, but {nameof(TrainerOptions.EnsembleSize)} is {TrainerOptions.NumberOfNetworks}. " +
                $"Set {nameof(TrainerOptions.EnsembleSize)} to {earlier.Count}.");
        IReadOnlyList<string>? names = NamesOf(model), wanted = targets.OutputNames;
        int[]? order = OutputOrder.Match(Host, targets.Column.Name, names, wanted);
        foreach (TrainedNetwork trained in earlier)
            NetworkShape.CheckSame(Host, trained.Network, CreateNetwork(features, TrainerOptions.HiddenLayers ?? NetworkShape.HiddenLayersOf(trained.Network), targets.Outputs));
        if (targets.TargetsAreClasses && (names is null) != (wanted is null))
            channel.Warning(MessageSensitivity.Schema, $"The classes of {(names is null ? "the given model" : $"label column '{targets.Column.Name}'")} have no names, so that they are taken to be in the same order as those of {(names is null ? $"label column '{targets.Column.Name}'" : "the given model")}.");
        return order is null ? earlier : [.. earlier.Select(trained => OutputOrder.Reorder(trained, order))];
    }

    private ExampleSource ReadValidation(ExampleReader reader, RoleMappedData data, TargetReader trainingTargets, int features, long memory)
    {
        TargetReader targets = CreateTargetReader(data.Schema);
        targets.CheckSameTargets(Host, trainingTargets);
        ExampleSource validation = reader.Read("validation data", data, targets, memory);
        if (validation.FeatureCount != features)
            throw Host.Except($"Feature column '{FeatureColumn.Name}' has {validation.FeatureCount} features in the validation data and {features} in the training data: prepare both with the same pipeline.");
        return validation;
    }
}
