namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What a listener was told, and how a run ended, as a checkpoint gives them back.</summary>
[TestClass]
public sealed class EpochTransferTests
{
    private static readonly TrainingOptions Options = new() { Loss = Loss.SquaredError, NumberOfEpochs = 9, EnsembleMember = 2, Phase = TrainingPhase.Fold };

    private static readonly EpochMetrics[] Epochs =
    [
        Epoch(1) with { TrainingLoss = 3, ValidationLoss = 4, ValidationAccuracy = 0.5, Factor = 0.75, LearningRate = 0.1f, IsBest = true,
            Elapsed = TimeSpan.FromSeconds(5) },
        Epoch(2) with { TrainingLoss = 2, ValidationLoss = 5, LearningRate = 0.05f, Elapsed = TimeSpan.FromSeconds(11) },
        Epoch(3) with { TrainingLoss = 1, LearningRate = 0.025f, IsBest = true, Elapsed = TimeSpan.FromSeconds(17) },
    ];

    [TestMethod]
    public void Epochs_come_back_equal_with_what_is_not_known_of_them()
    {
        List<EpochMetrics> read = [];
        using StateReader reader = Resumed.Written(state => EpochTransfer.Transfer(state, [.. Epochs], Options));
        EpochTransfer.Transfer(reader, read, Options);

        CollectionAssert.AreEqual(Epochs, read);
    }

    [TestMethod]
    public void More_epochs_than_the_bytes_can_hold_are_refused()
    {
        // An epoch has 3 flags, 4 numbers of 8 bytes, one of 4, and a time: 56 bytes.
        using StateReader reader = Resumed.Written(state =>
        {
            (int count, long filler) = (3, 0);
            state.Value(ref count);
            for (int i = 0; i < 20; i++) state.Value(ref filler);
        });

        Assert.Contains("it has 3 epochs, and 160 bytes are left",
            Assert.ThrowsExactly<InvalidDataException>(() => EpochTransfer.Transfer(reader, [], Options)).Message);
    }

    [TestMethod]
    public void A_run_that_has_ended_comes_back_with_its_weights()
    {
        Network network = Network.Create(2, [3], 1), other = Network.Create(2, [3], 1);
        network.Initialize(null, seed: 1);
        var history = new TrainingHistory(Epochs, 3, StopReason.EarlyStopping);
        TrainingOptions calibrated = Options with { Loss = Loss.SigmoidCrossEntropy, Calibrate = true };
        FinishedRun read = Resumed.From(new FinishedRun(network, calibrated, history, factor: 0.5), new FinishedRun(other, calibrated));

        CollectionAssert.AreEqual(Epochs, read.History.Epochs.ToArray());
        Assert.AreEqual((3, StopReason.EarlyStopping), (read.History.BestEpoch, read.History.StopReason));
        CollectionAssert.AreEqual(network.AllWeights(), other.AllWeights());

        read.End(other);
        CollectionAssert.AreEqual(new[] { 0.5 }, other.OutputStage!.Scale.ToArray(), "the factor of the outputs");
    }

    [TestMethod]
    public void A_run_of_which_only_the_losses_were_kept_leaves_the_network_as_it_is()
    {
        Network other = Network.Create(2, [3], 1);
        other.Initialize(null, seed: 2);
        float[] before = other.AllWeights();
        FinishedRun read = Resumed.From(new FinishedRun(null, Options, new TrainingHistory(Epochs, 1, StopReason.Completed), 1),
            new FinishedRun(other, Options));

        Assert.HasCount(3, read.History.Epochs);
        CollectionAssert.AreEqual(before, other.AllWeights());
    }

    [TestMethod]
    public void A_best_epoch_or_a_reason_that_there_is_not_is_refused()
    {
        Refuses("its best epoch is 1, the range is 0 to 0", best: 1, reason: 0);
        Refuses("a run ended for the unknown reason 7", best: 0, reason: 7);
        Refuses("a run ended for the unknown reason -1", best: 0, reason: -1);

        static void Refuses(string reasonOfRefusal, int best, int reason)
        {
            using StateReader reader = Resumed.Written(state =>
            {
                (int epochs, double factor) = (0, 1);
                state.Value(ref epochs);
                state.Value(ref best);
                state.Value(ref reason);
                state.Value(ref factor);
            });
            Assert.Contains(reasonOfRefusal,
                Assert.ThrowsExactly<InvalidDataException>(() => new FinishedRun(Network.Create(1, [], 1), Options).Transfer(reader)).Message);
        }
    }

    private static EpochMetrics Epoch(int epoch) => new()
    {
        EnsembleMember = 2,
        Phase = TrainingPhase.Fold,
        Epoch = epoch,
        NumberOfEpochs = 9,
        TrainingLoss = 0,
        LearningRate = 0,
        IsBest = false,
        Elapsed = default,
    };
}
