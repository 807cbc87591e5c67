using System.Runtime.CompilerServices;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Stands before the scorer of an ML.NET prediction transformer, and puts a <see cref="LookAheadView"/> between it and the rows that it is
/// given. The scorer itself stays ML.NET's, with its columns, annotations and ONNX.
/// </summary>
internal sealed class LookAheadScorer : RowToRowScorerBase
{
    /// <summary>Below this a row is scored so fast that holding rows back costs more than scoring them together saves.</summary>
    private const long OperationsWorthLookingAhead = 128 * 1024;

    /// <summary>More features are those of text, where rows are sparse and scored one by one.</summary>
    private const int MostInputs = 1 << 16;

    private readonly RowToRowScorerBase _scorer;
    private readonly IBatchScorer _model;
    private readonly string _features;

    // The transformer asks its scorer for nothing but ApplyToData, so that it has no need of a mapper of its own.
    private LookAheadScorer(IHostEnvironment environment, RowToRowScorerBase scorer, IBatchScorer model, string features)
        : base(environment, scorer.Source, nameof(LookAheadScorer), bindable: null!)
    {
        (_scorer, _model, _features) = (scorer, model, features);
    }

    /// <inheritdoc/>
    public override DataViewSchema OutputSchema => _scorer.OutputSchema;

    /// <summary>Makes a transformer score whole views in batches, where the network is large enough for it to pay.</summary>
    /// <param name="environment">The trainer's environment.</param>
    /// <param name="transformer">The transformer; one that already does stays as it is.</param>
    /// <param name="model">The model in it.</param>
    /// <param name="features">The column of the features.</param>
    /// <returns>The transformer.</returns>
    public static TTransformer AddTo<TTransformer, TModel>(IHostEnvironment environment, TTransformer transformer, IBatchScorer model, string features)
        where TTransformer : PredictionTransformerBase<TModel>
        where TModel : class
    {
        RowToRowScorerBase scorer = ScorerOf<TModel>.Get(transformer);
        if (scorer is not LookAheadScorer && model.OperationsPerRow >= OperationsWorthLookingAhead && model.Inputs <= MostInputs)
            ScorerOf<TModel>.Set(transformer, new LookAheadScorer(environment, scorer, model, features));
        return transformer;
    }

    /// <summary>Does the same to the transformers of a model that was loaded, which ML.NET has made.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="model">The model: a transformer, or a chain of them.</param>
    public static void AddToAll(IHostEnvironment environment, ITransformer model)
    {
        switch (model)
        {
            case IEnumerable<ITransformer> chain:
                foreach (ITransformer transformer in chain)
                    AddToAll(environment, transformer);
                break;
            case MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters> classes:
                AddTo<MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>, SimpleNnMulticlassModelParameters>(
                    environment, classes, classes.Model, classes.FeatureColumnName);
                break;
            case BinaryPredictionTransformer<CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>> binary:
                AddTo<BinaryPredictionTransformer<CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>>,
                    CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>>(
                    environment, binary, binary.Model.SubModel, binary.FeatureColumnName);
                break;
            case RegressionPredictionTransformer<SimpleNnRegressionModelParameters> numbers:
                AddTo<RegressionPredictionTransformer<SimpleNnRegressionModelParameters>, SimpleNnRegressionModelParameters>(
                    environment, numbers, numbers.Model, numbers.FeatureColumnName);
                break;
            case AnomalyPredictionTransformer<IPredictorProducing<float>> { Model: SimpleNnAutoencoderModelParameters autoencoder } anomalies:
                AddTo<AnomalyPredictionTransformer<IPredictorProducing<float>>, IPredictorProducing<float>>(
                    environment, anomalies, autoencoder, anomalies.FeatureColumnName);
                break;
        }
    }

    /// <inheritdoc/>
    protected override IDataTransform ApplyToDataCore(IHostEnvironment env, IDataView newSource)
    {
        // A view without rows stands for its schema; what it is asked for is a mapper of single rows.
        bool hasRows = newSource is not EmptyDataView;
        IDataView rows = hasRows ? new LookAheadView(env, newSource, _model, newSource.Schema[_features]) : newSource;
        return (IDataTransform)_scorer.ApplyToData(env, rows);
    }

    /// <inheritdoc/>
    protected override void SaveCore(ModelSaveContext ctx) => throw NotAView();

    /// <inheritdoc/>
    protected override BindingsBase GetBindings() => throw NotAView();

    /// <inheritdoc/>
    protected override bool WantParallelCursors(Func<int, bool> predicate) => throw NotAView();

    /// <inheritdoc/>
    protected override Delegate[] GetGetters(DataViewRow output, Func<int, bool> predicate) => throw NotAView();

    private static NotSupportedException NotAView() => new("The scorer of a transformer is applied to data; it is no view itself.");

    /// <summary>The property of the transformer that has its scorer.</summary>
    private static class ScorerOf<TModel>
        where TModel : class
    {
        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Scorer")]
        public static extern RowToRowScorerBase Get(PredictionTransformerBase<TModel> transformer);

        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Scorer")]
        public static extern void Set(PredictionTransformerBase<TModel> transformer, RowToRowScorerBase scorer);
    }
}
