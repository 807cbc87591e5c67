using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The four trainers behind one face, each on its label of <see cref="TaskRow"/>, for what all of them must do alike.</summary>
internal abstract class TaskTrainer
{
    /// <summary>Each task by its name.</summary>
    public static IReadOnlyDictionary<string, TaskTrainer> All { get; } = new Dictionary<string, TaskTrainer>
    {
        ["multiclass"] = new TaskTrainer<SimpleNnMulticlassTrainer.Options, MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>, SimpleNnMulticlassModelParameters>(
            () => new() { LabelColumnName = "Class", HiddenLayers = [8] },
            (ml, options) => ml.MulticlassClassification.Trainers.SimpleNn(options), model => new(model, model.Trained)),
        ["binary"] = new TaskTrainer<SimpleNnBinaryTrainer.Options, BinaryPredictionTransformer<CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>>, CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>>(
            () => new() { LabelColumnName = "Flag", HiddenLayers = [8] },
            (ml, options) => ml.BinaryClassification.Trainers.SimpleNn(options), model => new(model, model.SubModel.Trained)),
        ["regression"] = new TaskTrainer<SimpleNnRegressionTrainer.Options, RegressionPredictionTransformer<SimpleNnRegressionModelParameters>, SimpleNnRegressionModelParameters>(
            () => new() { LabelColumnName = "Number", HiddenLayers = [8] },
            (ml, options) => ml.Regression.Trainers.SimpleNn(options), model => new(model, model.Trained)),
        ["autoencoder"] = new TaskTrainer<SimpleNnAutoencoderTrainer.Options, AnomalyPredictionTransformer<SimpleNnAutoencoderModelParameters>, SimpleNnAutoencoderModelParameters>(
            () => new() { HiddenLayers = [8, 2] },
            (ml, options) => ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(options), model => new(model, model.Trained, model.Threshold)),
    };

    /// <summary>The names, each as the one argument of a test.</summary>
    public static IEnumerable<object[]> Names => All.Keys.Select(name => new object[] { name });

    /// <summary>The names of the tasks with a label.</summary>
    public static IEnumerable<object[]> SupervisedNames => All.Where(task => task.Value.IsSupervised).Select(task => new object[] { task.Key });

    /// <summary>The type of the options.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>Whether the task has a label.</summary>
    public bool IsSupervised => OptionsType.IsSubclassOf(typeof(SimpleNnSupervisedOptionsBase));

    /// <summary>Options of a small, quick, reproducible training that holds no rows out.</summary>
    public SimpleNnOptionsBase Options(Action<SimpleNnOptionsBase>? change = null)
    {
        SimpleNnOptionsBase options = CreateOptions();
        (options.Optimizer, options.LearningRateSchedule) = (new AdamOptimizer { LearningRate = 0.01f }, LearningRateSchedule.Constant);
        (options.NumberOfEpochs, options.BatchSize, options.EarlyStopping, options.Seed, options.NumberOfThreads) = (6, 16, false, 1, 1);
        change?.Invoke(options);
        return options;
    }

    /// <summary>Makes the trainer and nothing more.</summary>
    public abstract void Create(MLContext ml, SimpleNnOptionsBase options);

    /// <summary>Trains; on the rows alone, or with validation rows, or from an earlier model.</summary>
    public abstract TaskModel Fit(MLContext ml, SimpleNnOptionsBase options, IEnumerable<TaskRow> rows, IEnumerable<TaskRow>? validation = null, TaskModel? earlier = null);

    /// <summary>Trains on the rows, and gives all that ML.NET makes of it.</summary>
    public abstract ITransformer FitTransformer(MLContext ml, SimpleNnOptionsBase options, IDataView rows);

    /// <summary>The options with the defaults of the task, but a small network.</summary>
    protected abstract SimpleNnOptionsBase CreateOptions();
}
