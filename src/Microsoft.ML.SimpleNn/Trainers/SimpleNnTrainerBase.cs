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
    /// <param name="label">The label column, of the type that the task asks for, by its name.</param>
    private protected SimpleNnTrainerBase(IHostEnvironment environment, string name, TOptions options, Func<string, SchemaShape.Column> label)
        : base(Contracts.CheckRef(environment, nameof(environment)).Register(name), TrainerUtils.MakeR4VecFeature(Checked(options).FeatureColumnName),
            label(options.LabelColumnName), TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName))
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
    private protected abstract Loss Loss { get; }

    /// <summary>The reader of the task's label from data of the given schema.</summary>
    private protected abstract TargetReader CreateTargetReader(RoleMappedSchema schema);

    /// <summary>The model around a trained network.</summary>
    private protected abstract TModel CreateModel(Network network, TrainingHistory history);

    /// <summary>The network inside an earlier model of this task; null when the model is of another kind.</summary>
    private protected abstract Network? NetworkOf(IPredictor model);

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

    /// <summary>Goes on training an earlier model, which stays as it is, with the optimizer starting afresh.</summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="modelParameters">The earlier model; its network must have the inputs, layers, activation and outputs that this trainer would make.</param>
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
        FeatureReader.CheckColumn(Host, schema, FeatureColumn.Name);
        if (WeightColumn.IsValid)
            WeightReader.CheckColumn(Host, schema, WeightColumn.Name);
    }

    /// <inheritdoc/>
    protected sealed override TModel TrainModelCore(TrainContext trainContext)
    {
        using IChannel channel = Host.Start("Training");
        TargetReader targets = CreateTargetReader(trainContext.TrainingSet.Schema);
        ExampleReader reader = new(Host, channel, TrainerOptions.CancellationToken);
        ExampleSet examples = reader.Read("training data", trainContext.TrainingSet, targets);
        targets.CheckTrainingTargets(Host, channel);

        Network network = trainContext.InitialPredictor is null
            ? NetworkShape.Create(Host, examples.FeatureCount, targets.Outputs, TrainerOptions)
            : Continue(trainContext.InitialPredictor, examples.FeatureCount, targets.Outputs);

        ExampleSet training = examples;
        ExampleSet? validation = null;
        if (trainContext.ValidationSet is not null)
            validation = ReadValidation(reader, trainContext.ValidationSet, targets, examples.FeatureCount);
        else if (TrainerOptions.EarlyStopping)
            (training, validation) = HoldOut.Split(examples, targets.TargetsAreClasses, TrainerOptions.ValidationFraction ?? SimpleNnDefaults.ValidationFractionFor(examples.Count), _seed);

        channel.Info(MessageSensitivity.None, $"Training on {training.Count} rows with {training.FeatureCount} features, {validation?.Count ?? 0} rows for validation.");
        int batchSize = TrainerOptions.BatchSize ?? SimpleNnDefaults.BatchSizeFor(training.Count);
        TrainingHistory history = TrainingLoop.Run(network, training, validation, new TrainingOptions
        {
            Loss = Loss,
            Optimizer = TrainerOptions.Optimizer,
            LearningRateSchedule = TrainerOptions.LearningRateSchedule,
            NumberOfEpochs = TrainerOptions.NumberOfEpochs ?? SimpleNnDefaults.NumberOfEpochsFor(training.Count, batchSize),
            BatchSize = batchSize,
            L1Regularization = TrainerOptions.L1Regularization,
            L2Regularization = TrainerOptions.L2Regularization,
            InputDropout = TrainerOptions.InputDropout,
            Dropout = TrainerOptions.Dropout,
            MaximumGradientNorm = TrainerOptions.MaximumGradientNorm,
            MaximumWeightNorm = TrainerOptions.MaximumWeightNorm,
            NormalizeFeatures = TrainerOptions.NormalizeFeatures,
            WarmStart = trainContext.InitialPredictor is not null,
            EarlyStopping = TrainerOptions.EarlyStopping && validation is not null,
            Patience = TrainerOptions.Patience,
            MinimumImprovement = TrainerOptions.MinimumImprovement,
            Seed = _seed,
            NumberOfThreads = TrainerOptions.NumberOfThreads ?? 0,
            Progress = new EpochLog(channel, TrainerOptions.Progress),
            Poll = Host.CheckAlive,
            CancellationToken = TrainerOptions.CancellationToken,
        });
        EpochLog.ReportEnd(channel, history);
        return CreateModel(network, history);
    }

    private Network Continue(IPredictor model, int features, int outputs)
    {
        Network earlier = NetworkOf(model)
            ?? throw Host.ExceptParam(nameof(model), $"A model of type {model.GetType().Name} cannot be trained further by {GetType().Name}: give one that this trainer made.");
        NetworkShape.CheckSame(Host, earlier, features, outputs, TrainerOptions);
        return earlier.Clone();
    }

    private ExampleSet ReadValidation(ExampleReader reader, RoleMappedData data, TargetReader trainingTargets, int features)
    {
        TargetReader targets = CreateTargetReader(data.Schema);
        targets.CheckSameTargets(Host, trainingTargets);
        ExampleSet validation = reader.Read("validation data", data, targets);
        if (validation.FeatureCount != features)
            throw Host.Except($"Feature column '{FeatureColumn.Name}' has {validation.FeatureCount} features in the validation data and {features} in the training data: prepare both with the same pipeline.");
        return validation;
    }
}
