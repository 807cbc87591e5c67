using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>How weights, scales and storage of the rows act on the trained network.</summary>
[TestClass]
public sealed class TrainingDataTests
{
    private readonly SampleRows _rows = new(30);

    [TestMethod]
    public void A_row_of_weight_two_trains_as_the_row_given_twice()
    {
        float[] weights = [.. Enumerable.Range(0, 30).Select(row => row % 3 == 0 ? 2f : 1f)];
        int[] repeated = [.. Enumerable.Range(0, 30).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];

        AssertSameOutputs(Train(_rows.ToExamples(weights)), Train(_rows.ToExamples().Subset(repeated)));
    }

    [TestMethod]
    public void The_unit_of_the_weights_does_not_matter()
    {
        float[] weights = [.. Enumerable.Range(0, 30).Select(row => 1f + row % 4)];

        AssertSameOutputs(Train(_rows.ToExamples(weights)), Train(_rows.ToExamples(Array.ConvertAll(weights, weight => 100 * weight))));
    }

    [TestMethod]
    public void A_row_of_weight_zero_is_not_learned_from()
    {
        float[] weights = [.. Enumerable.Range(0, 30).Select(row => row < 20 ? 1f : 0f)];
        float[] nonsense = [.. _rows.Classes.Select((label, row) => row < 20 ? label : 2 - label)];

        AssertSameOutputs(Train(_rows.ToExamples(weights)), Train(new DenseExamples(_rows.Features, 5, nonsense, weights)));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_row_of_weight_zero_is_absent_down_to_the_bit_wherever_it_lies(bool sparse)
    {
        // Its values lie far outside the others' range, and minibatches and validation rows would shift if it took a place in them.
        int[] present = [.. Enumerable.Range(0, 30).Where(row => row % 7 != 3)];
        float[] weights = [.. Enumerable.Range(0, 30).Select(row => row % 7 == 3 ? 0f : 1 + row % 2)];
        for (int i = 0; i < 150; i++) _rows.Features[i] = i / 5 % 7 == 3 ? 1000 : i % 2 == 0 ? _rows.Features[i] : 0;
        ExampleSet all = sparse ? ToSparse(_rows.Features, weights) : _rows.ToExamples(weights);

        (float[] expected, double expectedLoss) = TrainInMinibatches(all.Subset(present));
        (float[] actual, double loss) = TrainInMinibatches(all);
        Bits.AssertEqual(expected, actual, "weights");
        Assert.AreEqual(expectedLoss, loss);
    }

    [TestMethod]
    public void Validation_rows_that_are_all_alike_leave_no_doubt_of_their_loss_whatever_their_weights()
    {
        // Features that hardly tell the class: the loss of the one validation row rises and falls, and its lowest is the best, without a margin.
        var rows = new SampleRows(60, noise: 10);
        ExampleSet Alike(float[]? weights) => new DenseExamples([.. Enumerable.Repeat(rows.Features[..5], 10).SelectMany(row => row)], 5, [.. Enumerable.Repeat(rows.Classes[0], 10)], weights);
        TrainingHistory Train(ExampleSet validation) => TrainingLoop.Run(Network.Create(5, [8], 3), rows.ToExamples(), validation, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamOptimizer { LearningRate = 0.05f },
            NumberOfEpochs = 60,
            BatchSize = 20,
            Patience = 60,
            Seed = 3,
            NumberOfThreads = 1,
        });
        TrainingHistory equal = Train(Alike(null)), unequal = Train(Alike([.. Enumerable.Range(0, 10).Select(row => row == 4 ? 100f : 1f)]));

        Assert.AreEqual(equal.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, equal.BestEpoch);
        Assert.IsLessThan(60, equal.BestEpoch);
        Assert.AreEqual(equal.BestEpoch, unequal.BestEpoch);
    }

    [TestMethod]
    public void Normalized_training_is_training_on_standardised_features()
    {
        // By hand: no value is far outside, so that mean and deviation are the plain ones; below the bound of 8 deviations.
        double[][] columns = [.. Enumerable.Range(0, 5).Select(i => _rows.Features.Where((_, k) => k % 5 == i).Select(x => (double)x).ToArray())];
        double[] mean = [.. columns.Select(column => column.Average())];
        double[] deviation = [.. columns.Select((column, i) => Math.Sqrt(column.Average(x => (x - mean[i]) * (x - mean[i]))))];
        float[] standardised = [.. _rows.Features.Select((x, i) => (x - mean[i % 5]) / deviation[i % 5]).Select(z => (float)(z / Math.Sqrt(1 + z * z / 64)))];
        Network staged = Train(_rows.ToExamples()), plain = Train(new DenseExamples(standardised, 5, _rows.Classes), normalize: false);

        RelativeDifference.AssertWithin(
            1e-4, Array.ConvertAll(plain.Predict(standardised), y => (double)y), staged.Predict(_rows.Features), "outputs");

        var inputs = new float[standardised.Length];
        for (int row = 0; row < 30; row++) staged.InputStage!.Apply(_rows.Features.AsSpan(row * 5, 5), inputs.AsSpan(row * 5, 5));
        Network same = Train(new DenseExamples(inputs, 5, _rows.Classes), normalize: false);
        Bits.AssertEqual(same.AllWeights(), staged.AllWeights(), "weights on the stage's own inputs");
        Bits.AssertEqual(same.Predict(inputs), staged.Predict(_rows.Features), "outputs on the stage's own inputs");
    }

    [TestMethod]
    public void The_unit_of_a_feature_does_not_matter()
    {
        // Celsius or Fahrenheit, metres or kilometres.
        float[] otherUnits = [.. _rows.Features.Select((x, i) => x * (i % 5 + 0.5f) * 100 - 7)];
        Network network = Train(_rows.ToExamples()), other = Train(new DenseExamples(otherUnits, 5, _rows.Classes));

        RelativeDifference.AssertWithin(1e-3, Array.ConvertAll(network.Predict(_rows.Features), y => (double)y), other.Predict(otherUnits), "outputs");
    }

    [TestMethod]
    public void A_constant_feature_has_no_say_in_the_outputs()
    {
        for (int row = 0; row < 30; row++) _rows.Features[row * 5 + 3] = 42;
        Network network = Train(_rows.ToExamples());
        float[] expected = network.Predict(_rows.Features);
        for (int row = 0; row < 30; row++) _rows.Features[row * 5 + 3] = -1e6f;

        Bits.AssertEqual(expected, network.Predict(_rows.Features), "outputs");
    }

    [TestMethod]
    public void Sparse_rows_train_as_the_same_rows_made_dense()
    {
        // Every second value is zero. Without scaling the two sets give the same minibatches.
        float[] dense = [.. _rows.Features.Select((x, i) => i % 2 == 0 ? 0 : x / 10)];
        Network expected = Train(new DenseExamples(dense, 5, _rows.Classes), normalize: false), sparse = Train(ToSparse(dense), normalize: false);

        Bits.AssertEqual(expected.AllWeights(), sparse.AllWeights(), "weights");
    }

    [TestMethod]
    public void Sparse_rows_of_mean_zero_train_as_dense_ones_with_scaling_too()
    {
        // Each row is followed by its opposite, so that every mean is exactly 0, and dense rows are not shifted either.
        float[] dense = [.. Enumerable.Range(0, 30).SelectMany(row => Enumerable.Range(0, 5).Select(i => (row / 2 + i) % 3 == 0 ? 0 : (row % 2 == 0 ? 1f : -1f) * (row / 2 + i)))];
        Network expected = Train(new DenseExamples(dense, 5, _rows.Classes)), sparse = Train(ToSparse(dense));

        AssertSameOutputs(expected, sparse);
    }

    [TestMethod]
    public void Data_that_do_not_fit_the_network_are_refused()
    {
        var network = Network.Create(5, [4], 3);

        Refuses("There are no rows to learn from.", network, new DenseExamples([], 5, []), Loss.SoftmaxCrossEntropy);
        Refuses("The rows have 4 features, but the network takes 5.", network, new DenseExamples(new float[8], 4, new float[2]), Loss.SoftmaxCrossEntropy);
        Refuses("The rows have 2 targets, but the loss needs 1 for 3 outputs.", network, new DenseExamples(new float[10], 5, new float[4]), Loss.SoftmaxCrossEntropy);
        Refuses("The rows have 1 targets, but the loss needs 3 for 3 outputs.", network, new DenseExamples(new float[10], 5, new float[2]), Loss.SquaredError);
        Refuses("A target must be a class, a whole number from 0 to 2.", network, new DenseExamples(new float[10], 5, [0, 3]), Loss.SoftmaxCrossEntropy);
    }

    [TestMethod]
    public void Validation_rows_that_do_not_fit_are_refused_and_none_are_allowed()
    {
        var network = Network.Create(5, [4], 3);
        var options = new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, NumberOfEpochs = 2 };
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => TrainingLoop.Run(network, _rows.ToExamples(), new DenseExamples(new float[8], 4, new float[2]), options));
        TrainingHistory history = TrainingLoop.Run(network, _rows.ToExamples(), new DenseExamples([], 4, []), options);

        Assert.Contains("The rows have 4 features, but the network takes 5.", error.Message);
        Assert.AreEqual("validation", error.ParamName);
        Assert.HasCount(2, history.Epochs);
    }

    private static void Refuses(string message, Network network, ExampleSet rows, Loss loss)
    {
        var error = Assert.Throws<ArgumentException>(() => TrainingLoop.Run(network, rows, null, new TrainingOptions { Loss = loss }));
        Assert.Contains(message, error.Message);
    }

    private void AssertSameOutputs(Network expected, Network actual) =>
        RelativeDifference.AssertWithin(1e-4, Array.ConvertAll(expected.Predict(_rows.Features), y => (double)y), actual.Predict(_rows.Features), "outputs");

    private SparseExamples ToSparse(float[] dense, float[]? weights = null) => SparseSamples.ToExamples(dense, 5, _rows.Classes, weights);

    private static (float[] Weights, double ValidationLoss) TrainInMinibatches(ExampleSet rows)
    {
        var network = Network.Create(5, [8], 3, Activation.Tanh);
        TrainingHistory history = TrainingLoop.Run(network, rows, rows, new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, NumberOfEpochs = 5, BatchSize = 4, NumberOfThreads = 1 });
        return (network.AllWeights(), history.Epochs[^1].ValidationLoss!.Value);
    }

    /// <summary>Full batches, so that the order of the rows matters only to the rounding; gradient descent, which does not blow a rounding up.</summary>
    private static Network Train(ExampleSet rows, bool normalize = true)
    {
        var network = Network.Create(5, [8], 3, Activation.Tanh);
        TrainingLoop.Run(network, rows, null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new SgdOptimizer { LearningRate = 0.1f, Momentum = 0.5f },
            NumberOfEpochs = 15,
            BatchSize = rows.Count,
            NormalizeFeatures = normalize,
            Seed = 1,
            NumberOfThreads = 1,
        });
        return network;
    }
}
