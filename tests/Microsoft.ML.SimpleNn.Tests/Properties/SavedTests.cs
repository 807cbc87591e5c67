using CsCheck;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.Tests.Kernels;
using Microsoft.ML.SimpleNn.Tests.Trainers;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Properties;

/// <summary>A model of any task, network and options that is saved and loaded scores to the bit as it did.</summary>
[TestClass]
public sealed class SavedTests
{
    private const int Models = 20;

    private static readonly Gen<SavedProblem> Any =
        from hiddenLayers in Gen.Int[1, 10].Array[0, 3]
        from activation in Gen.Enum<Activation>()
        from normalize in Gen.Bool
        from missing in Gen.Enum<MissingFeatures>()
        from calibrate in Gen.Bool
        from keepState in Gen.Bool
        from ensembleSize in Gen.Int[1, 3]
        from loss in Gen.OneOf<Loss?>(null, Loss.AbsoluteError, Loss.Huber(), Loss.Quantile(0.1f, 0.5f, 0.9f))
        from seed in Gen.Int[0, 1_000_000]
        select new SavedProblem(hiddenLayers, activation, normalize, missing, calibrate, keepState, ensembleSize, loss, seed);

    public static IEnumerable<object[]> Tasks => TaskTrainer.Names;

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void A_saved_model_scores_as_it_did_to_the_bit(string task) => Any.Sample(
        problem =>
        {
            var ml = new MLContext(problem.Seed);
            IDataView rows = ml.Data.LoadFromEnumerable(TaskRow.Rows(30, problem.Seed));
            TaskTrainer trainer = TaskTrainer.All[task];
            ITransformer model = trainer.FitTransformer(ml, trainer.Options(problem.Change), rows);
            using var file = new MemoryStream();
            ml.Model.Save(model, rows.Schema, file);
            file.Position = 0;

            Bits.AssertEqual(Scores(model.Transform(rows)), Scores(ml.Model.Load(file, out _).Transform(rows)), task);
        },
        iter: Models);

    private static float[] Scores(IDataView scored) => scored.Schema["Score"].Type is VectorDataViewType
        ? [.. scored.GetColumn<float[]>("Score").SelectMany(scores => scores)]
        : [.. scored.GetColumn<float>("Score")];

    private sealed record SavedProblem(
        int[] HiddenLayers, Activation Activation, bool Normalize, MissingFeatures Missing, bool Calibrate, bool KeepState, int EnsembleSize, Loss? Loss, int Seed)
    {
        public void Change(SimpleNnOptionsBase options)
        {
            options.HiddenLayers = options is SimpleNnAutoencoderTrainer.Options ? [.. HiddenLayers, 2] : HiddenLayers;
            (options.Activation, options.NormalizeFeatures, options.MissingFeatures, options.Calibrate) = (Activation, Normalize, Missing, Calibrate);
            (options.KeepOptimizerState, options.EnsembleSize, options.Seed, options.NumberOfEpochs) = (KeepState, options is SimpleNnAutoencoderTrainer.Options ? 1 : EnsembleSize, Seed, 2);
            if (options is SimpleNnRegressionTrainer.Options regression) regression.Loss = Loss;
        }

        public override string ToString() => FormattableString.Invariant(
            $"[{string.Join(", ", HiddenLayers)}] {Activation}, normalize {Normalize}, missing {Missing}, calibrate {Calibrate}, state {KeepState}, {EnsembleSize} networks, {Loss}, seed {Seed}");
    }
}
