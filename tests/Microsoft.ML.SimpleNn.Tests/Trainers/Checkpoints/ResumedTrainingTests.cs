using Microsoft.ML.SimpleNn.Tests.Examples;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A training that was interrupted goes on from its checkpoint and gives the bits of the one that was not, weights and history.</summary>
[TestClass]
public sealed class ResumedTrainingTests
{
    public static IEnumerable<object[]> Trainings => ResumableTrainings.Names;

    [TestMethod]
    [DynamicData(nameof(Trainings))]
    public void Interrupted_at_any_epoch_it_ends_with_the_bits_of_the_whole_training(string name)
    {
        using var folder = new TemporaryFolder();
        CheckpointedTraining training = ResumableTrainings.All[name];
        string whole = training.Whole();
        Assert.AreEqual(whole, training.GoOn(folder["whole"], out int epochs), "with a checkpoint and no interruption");
        int middle = epochs / 2, late = epochs - 1;

        training.Interrupt(folder["thrown"], middle, (_, _) => throw new TimeoutException());
        Assert.AreEqual(whole, training.GoOn(folder["thrown"], out int rest), "thrown out of the listener");
        Assert.AreEqual(epochs - middle + 1, rest, "the epoch whose listener has thrown is run again");

        training.Interrupt(folder["cancelled"], late, (_, cancellation) => cancellation.Cancel());
        Assert.AreEqual(whole, training.GoOn(folder["cancelled"], out rest), "cancelled");
        Assert.AreEqual(epochs - late, rest);

        training.Interrupt(folder["stopped"], 1, (epoch, _) => epoch.Stop());
        training.Interrupt(folder["stopped"], middle, (_, cancellation) => cancellation.Cancel());
        Assert.AreEqual(whole, training.GoOn(folder["stopped"], out rest), "stopped, and then cancelled");
        Assert.AreEqual(epochs - 1 - middle, rest);
    }

    [TestMethod]
    public void A_fold_that_has_ended_is_remembered_before_the_next_one_has_a_checkpoint_of_its_own()
    {
        const int EpochsOfFold = 60;
        using var folder = new TemporaryFolder();
        CheckpointedTraining training = ResumableTrainings.All["five long folds"];
        string whole = training.Whole();

        training.Interrupt(folder["file"], EpochsOfFold + 1, (_, _) => throw new TimeoutException(), options => options.CheckpointEvery = CheckpointInterval.Epochs(1000));

        Assert.AreEqual(whole, training.GoOn(folder["file"], out int rest));
        training.GoOn(folder["other"], out int all);
        Assert.AreEqual(all - EpochsOfFold, rest);
    }
}
