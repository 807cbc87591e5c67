using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>An input that cannot be learnt from, the whole sentence that the user reads, and what that sentence tells the user to do.</summary>
/// <param name="Input">The input, in words, for docs/ERRORS.md.</param>
/// <param name="Message">The sentence, without the parameter's name that .NET adds to it.</param>
public sealed record ErrorCase(string Input, string Message)
{
    /// <summary>Which trainer is asked: multiclass, binary, regression or autoencoder.</summary>
    public string Task { get; init; } = "regression";

    /// <summary>What is set besides the defaults of these tests.</summary>
    public Action<SimpleNnOptionsBase> Options { get; init; } = _ => { };

    /// <summary>The rows.</summary>
    public Func<MLContext, IDataView> Data { get; init; } = ml => ml.Data.LoadFromEnumerable(ErrorRow.Rows());

    /// <summary>What is done instead of Fit on the data.</summary>
    public Action<MLContext, ErrorCase>? Act { get; init; }

    /// <summary>The transform that the sentence names; it is put before the trainer.</summary>
    public Func<MLContext, IEstimator<ITransformer>>? Transform { get; init; }

    /// <summary>The change of options that the sentence names.</summary>
    public Action<SimpleNnOptionsBase>? Change { get; init; }

    /// <summary>The other trainer that the sentence names.</summary>
    public string? OtherTask { get; init; }

    /// <summary>The data as the sentence says they should be.</summary>
    public Func<MLContext, IDataView>? Mended { get; init; }

    /// <summary>What is done instead of Fit when the remedy is followed.</summary>
    public Action<MLContext, ErrorCase>? ActMended { get; init; }

    /// <summary>Whether the sentence is a warning on the log, and the training goes on.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Whether the sentence names a remedy that can be followed in code.</summary>
    public bool HasRemedy => Transform is not null || Change is not null || OtherTask is not null || Mended is not null || ActMended is not null;

    /// <summary>Does what is wrong.</summary>
    public void Provoke(MLContext ml)
    {
        if (Act is null) Trainer(ml, Task, Options).Fit(Data(ml));
        else Act(ml, this);
    }

    /// <summary>Does what the sentence says, and trains; the scores must be numbers.</summary>
    public void FollowRemedy(MLContext ml)
    {
        if (ActMended is not null)
        {
            ActMended(ml, this);
            return;
        }

        IDataView data = (Mended ?? Data)(ml);
        IEstimator<ITransformer> trainer = Trainer(ml, OtherTask ?? Task, Options + Change);
        IDataView scored = (Transform is null ? trainer : Transform(ml).Append(trainer)).Fit(data).Transform(data);
        IEnumerable<float> scores = scored.Schema["Score"].Type is VectorDataViewType ? scored.GetColumn<float[]>("Score").SelectMany(score => score) : scored.GetColumn<float>("Score");
        Assert.IsTrue(scores.All(float.IsFinite));
    }

    /// <summary>A trainer that is quick, with the label that its task takes.</summary>
    public static IEstimator<ITransformer> Trainer(MLContext ml, string task, Action<SimpleNnOptionsBase> change) => task switch
    {
        "multiclass" => ml.MulticlassClassification.Trainers.SimpleNn(Quick(new SimpleNnMulticlassTrainer.Options { LabelColumnName = "Key" }, change)),
        "binary" => ml.BinaryClassification.Trainers.SimpleNn(Quick(new SimpleNnBinaryTrainer.Options { LabelColumnName = "Flag" }, change)),
        "autoencoder" => ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(Quick(new SimpleNnAutoencoderTrainer.Options(), change)),
        _ => ml.Regression.Trainers.SimpleNn(Quick(new SimpleNnRegressionTrainer.Options { LabelColumnName = "Number" }, change)),
    };

    /// <summary>Sets the label column.</summary>
    public static Action<SimpleNnOptionsBase> Label(string column) => options => ((SimpleNnSupervisedOptionsBase)options).LabelColumnName = column;

    /// <summary>Sets the feature column.</summary>
    public static Action<SimpleNnOptionsBase> Features(string column) => options => options.FeatureColumnName = column;

    /// <summary>The rows with something wrong.</summary>
    public static Func<MLContext, IDataView> Rows(Action<ErrorRow[]> change) => ml => ml.Data.LoadFromEnumerable(ErrorRow.Rows(change));

    private static TOptions Quick<TOptions>(TOptions options, Action<SimpleNnOptionsBase> change)
        where TOptions : SimpleNnOptionsBase
    {
        (options.HiddenLayers, options.NumberOfEpochs, options.EarlyStopping, options.Seed, options.NumberOfThreads) = ([2], 3, false, 1, 1);
        change(options);
        return options;
    }
}
