using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>Trainings that may be interrupted.</summary>
internal static class LongTraining
{
    public static SimpleNnMulticlassModelParameters Run(MLContext ml, IDataView rows)
    {
        // shown begin
        var trainer = ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
        {
            CheckpointPath = "training.checkpoint",
            CheckpointEvery = CheckpointInterval.Minutes(5),    // or Epochs(2); default: at the end of each epoch
        });
        var model = trainer.Fit(rows);    // after a crash, the same call on the same rows goes on, and gives the same bits
        // shown end
        return model.Model;
    }
}
