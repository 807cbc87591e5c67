using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A small training of every kind that remembers something of its own from epoch to epoch.</summary>
internal static class ResumableTrainings
{
    private const int SparseFeatureCount = 400;
    private const long Little = 2000; // bytes: a fraction of the rows

    /// <summary>Each by its name.</summary>
    public static IReadOnlyDictionary<string, CheckpointedTraining> All { get; } = new Dictionary<string, CheckpointedTraining>
    {
        ["rows held out, patience"] = Of("multiclass", options => HoldOut(options, epochs: 12)),
        ["warm restarts, calibration and refit"] = Of("multiclass", options => { HoldOut(options, epochs: 14); Default(options); }),
        ["five folds and refit"] = Of("multiclass", options => { Default(options); (options.NumberOfEpochs, options.EarlyStopping) = (6, true); }),
        ["five long folds"] = Of("multiclass", options => { Default(options); (options.NumberOfEpochs, options.EarlyStopping) = (60, true); }),
        ["dropout, penalties and norms"] = Of("multiclass", options =>
        {
            (options.Dropout, options.InputDropout, options.L2Regularization) = (0.3f, 0.1f, 0.1f);
            (options.MaximumGradientNorm, options.MaximumWeightNorm) = (0.5f, 2);
        }),
        ["a schedule of the losses before"] = Of("multiclass", options =>
            options.LearningRateSchedule = LearningRateSchedule.ReduceOnPlateau(0.5, patience: 1, minimumImprovement: 0.1)),
        ["AMSGrad and its state"] = Of("multiclass", options => (options.Optimizer, options.KeepOptimizerState) = (new AdamOptimizer { AmsGrad = true }, true)),
        ["an earlier model with its state"] = Continued(),
        ["validation rows that are given"] = Of("binary", options => HoldOut(options, epochs: 8), validation: TaskRow.Rows(50, seed: 2)),
        ["a regression"] = Of("regression", options => { HoldOut(options, epochs: 14); Default(options); }),
        ["quantiles"] = Of("regression", options => { Default(options); ((SimpleNnRegressionTrainer.Options)options).Loss = Loss.Quantile(0.1f, 0.5f, 0.9f); }),
        ["an autoencoder"] = Of("autoencoder", options => HoldOut(options, epochs: 8)),
        ["an ensemble"] = Of("binary", options => { HoldOut(options, epochs: 4); options.EnsembleSize = 3; }),
        ["an ensemble of folds"] = Of("binary", options =>
        {
            Default(options);
            (options.NumberOfEpochs, options.EarlyStopping, options.EnsembleSize) = (3, true, 2);
        }),
        ["rows read anew"] = Of("multiclass", options => (options.MemoryBudget, options.Optimizer) = (Little, new SgdOptimizer { Momentum = 0.9f })),
        ["rows read anew, held out, and refit"] = Of("binary", options => { HoldOut(options, epochs: 7); Default(options); options.MemoryBudget = Little; }),
        ["L-BFGS"] = Of("regression", options => options.Optimizer = new LbfgsOptimizer { MemorySize = 3 }),
        ["L-BFGS that converges"] = Of("binary", options =>
            (options.Optimizer, options.NumberOfEpochs, options.L2Regularization) = (new LbfgsOptimizer { ProgressTolerance = 1e-3 }, 100, 5)),
        ["L-BFGS with rows held out and read anew"] = Of("binary", options =>
        {
            HoldOut(options, epochs: 40);
            (options.Optimizer, options.MemoryBudget) = (new LbfgsOptimizer(), Little);
        }),
        ["sparse rows with Adam"] = Sparse(options => options.Optimizer = new AdamOptimizer { LearningRate = 0.01f }),
        ["sparse rows with gains and refit"] = Sparse(options => { Default(options); HoldOut(options, epochs: 7); }),
        ["sparse rows with momentum and penalties"] = Sparse(options =>
            (options.Optimizer, options.L2Regularization) = (new SgdOptimizer { Momentum = 0.9f }, 0.01f)),
        ["sparse rows without memory"] = Sparse(options => options.Optimizer = new SgdOptimizer { LearningRate = 0.1f }),
        ["sparse rows with AdaDelta"] = Sparse(options => options.Optimizer = new AdaDeltaOptimizer()),
        ["sparse rows read anew"] = Sparse(options => (options.Optimizer, options.MemoryBudget, options.Dropout) = (new AdamWOptimizer(), Little, 0.2f)),
        ["distorted images"] = Images(side: 6, rows: 60, memory: null),
        ["distorted images read anew, of which a pool has a part"] = Images(side: 34, rows: 1000, Little),
    };

    /// <summary>The names, each as the one argument of a test.</summary>
    public static IEnumerable<object[]> Names => All.Keys.Select(name => new object[] { name });

    /// <summary>A training of one of the four tasks on rows in memory.</summary>
    private static CheckpointedTraining Of(string task, Action<SimpleNnOptionsBase> change, List<TaskRow>? validation = null, TaskModel? earlier = null) => new(
        () => TaskTrainer.All[task].Options(change),
        options => Result(TaskTrainer.All[task].Fit(new MLContext(seed: 1), options, TaskRow.Rows(90), validation, earlier).Trained));

    private static CheckpointedTraining Continued()
    {
        TaskTrainer trainer = TaskTrainer.All["multiclass"];
        TaskModel earlier = trainer.Fit(new MLContext(), trainer.Options(options => options.KeepOptimizerState = true), TaskRow.Rows(90));
        return Of("multiclass", options => options.KeepOptimizerState = true, earlier: earlier);
    }

    private static void HoldOut(SimpleNnOptionsBase options, int epochs) =>
        (options.EarlyStopping, options.ValidationFraction, options.NumberOfEpochs, options.Patience) = (true, 0.3, epochs, 3);

    private static void Default(SimpleNnOptionsBase options) =>
        (options.Optimizer, options.LearningRateSchedule) = (new SimpleNnMulticlassTrainer.Options().Optimizer, null);

    private static CheckpointedTraining Sparse(Action<SimpleNnOptionsBase> change)
    {
        var random = new Random(5);
        SparseRow[] rows = [.. Enumerable.Range(0, 90).Select(row => SparseRow.Create(row % 3 == 0, random))];
        return new CheckpointedTraining(() => TaskTrainer.All["binary"].Options(options => { options.NumberOfEpochs = 6; change(options); }), options =>
        {
            var ml = new MLContext(seed: 1);
            var trainer = ml.BinaryClassification.Trainers.SimpleNn((SimpleNnBinaryTrainer.Options)options);
            return Result(trainer.Fit(ml.Data.LoadFromEnumerable(rows)).Model.SubModel.Trained);
        });
    }

    private static CheckpointedTraining Images(int side, int rows, long? memory)
    {
        var random = new Random(6);
        ImageRow[] images = [.. Enumerable.Range(0, rows).Select(row => new ImageRow
        {
            Class = (uint)(row % 2),
            Features = [.. Enumerable.Range(0, side * side).Select(pixel => (float)random.Next(row % 2 == pixel % 2 ? 256 : 100))],
        })];
        var schema = SchemaDefinition.Create(typeof(ImageRow));
        schema[nameof(ImageRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, side * side);
        return new CheckpointedTraining(() => TaskTrainer.All["multiclass"].Options(Distort), options =>
        {
            var ml = new MLContext(seed: 1);
            var trainer = ml.MulticlassClassification.Trainers.SimpleNn((SimpleNnMulticlassTrainer.Options)options);
            return Result(trainer.Fit(ml.Data.LoadFromEnumerable(images, schema)).Model.Trained);
        });

        void Distort(SimpleNnOptionsBase options) =>
            (options.ImageDistortion, options.ImageShape, options.MemoryBudget) = (new ImageDistortion(), new ImageShape(side, side), memory);
    }

    private static (IReadOnlyList<Network> Networks, TrainingHistory History) Result(IReadOnlyList<TrainedNetwork> trained) =>
        ([.. trained.Select(one => one.Network)], trained[0].History);

    private sealed class SparseRow
    {
        public bool Flag { get; set; }

        [VectorType(SparseFeatureCount)]
        public VBuffer<float> Features { get; set; }

        public static SparseRow Create(bool flag, Random random)
        {
            int[] indices = [.. Enumerable.Range(0, 9).Select(i => i < 3 ? 2 * random.Next(20) + (flag ? 1 : 0) : random.Next(SparseFeatureCount))
                .Distinct().Order()];
            float[] values = [.. indices.Select(_ => random.NextSingle() + 0.5f)];
            return new SparseRow { Flag = flag, Features = new VBuffer<float>(SparseFeatureCount, indices.Length, values, indices) };
        }
    }

    private sealed class ImageRow
    {
        [KeyType(2)]
        public uint Class { get; set; }

        public float[] Features { get; set; } = [];
    }
}
