using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>One of the four trainers.</summary>
internal sealed class TaskTrainer<TOptions, TTransformer, TModel>(
    Func<TOptions> options, Func<MLContext, TOptions, SimpleNnTrainerBase<TOptions, TTransformer, TModel>> create, Func<TModel, TaskModel> read) : TaskTrainer
    where TOptions : SimpleNnOptionsBase
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public override Type OptionsType => typeof(TOptions);

    public override void Create(MLContext ml, SimpleNnOptionsBase options) => create(ml, (TOptions)options);

    public override TaskModel Fit(MLContext ml, SimpleNnOptionsBase options, IEnumerable<TaskRow> rows, IEnumerable<TaskRow>? validation = null, TaskModel? earlier = null)
    {
        SimpleNnTrainerBase<TOptions, TTransformer, TModel> trainer = create(ml, (TOptions)options);
        IDataView training = TaskRow.Load(ml, rows);
        return read((validation, earlier) switch
        {
            (not null, _) => trainer.Fit(training, TaskRow.Load(ml, validation)).Model,
            (_, not null) => trainer.Fit(training, (TModel)earlier.Model).Model,
            _ => trainer.Fit(training).Model,
        });
    }

    public override ITransformer FitTransformer(MLContext ml, SimpleNnOptionsBase options, IDataView rows) => (ITransformer)create(ml, (TOptions)options).Fit(rows);

    protected override SimpleNnOptionsBase CreateOptions() => options();
}
