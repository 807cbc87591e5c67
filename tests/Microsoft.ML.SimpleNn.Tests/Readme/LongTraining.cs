using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>README's lines on trainings that may be interrupted.</summary>
internal static class LongTraining
{
    public static SimpleNnMulticlassModelParameters Run(MLContext ml, IDataView rows)
    {
        // README begin
        var trainer = ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
        {
            CheckpointPath = "training.checkpoint",
            CheckpointEvery = CheckpointInterval.Minutes(5),    // or Epochs(2); at the end of each epoch where nothing is said
        });
        var model = trainer.Fit(rows);    // killed, cancelled, without power: the same call on the same rows goes on, and gives the same model, bit by bit
        // README end
        return model.Model;
    }
}
