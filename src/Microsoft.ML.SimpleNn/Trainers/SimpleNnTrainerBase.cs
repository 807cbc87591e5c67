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

    /// <summary>What the task adds to the options.</summary>
    /// <param name="targets">The reader of the label, by whose type a task may choose.</param>
    private protected abstract TaskRecipe RecipeFor(TargetReader targets);

    /// <summary>The reader of the task's label from data of the given schema.</summary>
    private protected abstract TargetReader CreateTargetReader(RoleMappedSchema schema);

    /// <summary>The model around trained networks, one or an ensemble.</summary>
    /// <param name="trained">The networks.</param>
    /// <param name="targets">The reader of the label.</param>
    /// <param name="first">The first of them, with the rows that it was trained on and judged by.</param>
    private protected abstract TModel CreateModel(IReadOnlyList<TrainedNetwork> trained, TargetReader targets, FittedNetwork first);

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
    /// trainer has the same kind of optimizer, it goes on with that; with another kind it starts afresh and a warning is logged. Classes, and the slots of a
    /// label of several numbers, are found
    /// by their names, whatever order the data has them in; other names than the model's are refused.
    /// </summary>
    /// <param name="trainData">The training rows.</param>
    /// <param name="modelParameters">The earlier model; its networks must be as many as EnsembleSize, with the inputs, layers, activation and outputs that this
    /// trainer would make.</param>
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
            throw Host.ExceptParam(nameof(schema), $"There is no label column '{LabelColumn.Name}' in the data, which has {FeatureReader.Columns(schema)}: " +
                $"name another column with {nameof(SimpleNnSupervisedOptionsBase.LabelColumnName)}, or the argument labelColumnName.");
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
        TrainingRows rows = TrainingRows.Read(Host, channel, TrainerOptions, trainContext, CreateTargetReader);
        TrainingJob job = new(Host, channel, TrainerOptions, RecipeFor(rows.Targets), rows, _seed)
        {
            Earlier = Earlier(channel, rows, trainContext.InitialPredictor),
        };
        using Checkpoint? checkpoint = TrainingIdentity.OpenCheckpoint(job, GetType());
        var ensemble = new EnsembleTraining(channel, TrainerOptions, checkpoint);
        NetworkTraining training = new(job with { Checkpoint = checkpoint, StopSignal = ensemble.StopSignal });
        FittedNetwork? first = null;
        IReadOnlyList<TrainedNetwork> trained = ensemble.Run((member, budget) =>
        {
            FittedNetwork fitted = training.Train(member, budget);
            FinishedNetwork.Check(Host, fitted.Trained.Network, trainContext.TrainingSet.Schema.Feature!.Value);
            FinishedNetwork.MarkUnknown(fitted.Trained.Network, rows.Targets.NeverKnown, job.Earlier?[member].Network.OutputStage);
            first ??= fitted;
            return fitted.Trained;
        });
        if (job.Earlier is null && !rows.Targets.TargetsAreFeatures)
            FinalLoss.Report(job, trained, first!);
        if (trained.Count == TrainerOptions.NumberOfNetworks)
            checkpoint?.Complete();
        return CreateModel(trained, rows.Targets, first!);
    }

    private IReadOnlyList<TrainedNetwork>? Earlier(IChannel channel, TrainingRows rows, IPredictor? model)
    {
        if (model is null)
            return null;
        IReadOnlyList<TrainedNetwork> networks = TrainedOf(model)
            ?? throw Host.ExceptParam(nameof(model), $"A model of type {model.GetType().Name} cannot be trained further by {GetType().Name}: give one that " +
                $"this trainer made.");
        return EarlierModel.Fit(Host, channel, TrainerOptions, rows, networks, NamesOf(model));
    }
}
