using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The rows of a training, read and weighted by class, and what their columns say.</summary>
/// <param name="Training">The training rows.</param>
/// <param name="Validation">The validation rows that were given; null for none.</param>
/// <param name="Targets">The reader of the label, which has seen the training rows.</param>
/// <param name="Hints">What is known of the features beforehand.</param>
internal sealed record TrainingRows(ExampleSource Training, ExampleSource? Validation, TargetReader Targets, ColumnHints Hints)
{
    /// <summary>How the pixels of an image lie in a row; null where images are not distorted.</summary>
    public ImageShape? ImageShape { get; private init; }

    /// <summary>The memory for the training rows, in bytes.</summary>
    public long Memory { get; private init; }

    /// <summary>That for the validation rows.</summary>
    public long ValidationMemory { get; private init; }

    /// <summary>Reads the rows.</summary>
    /// <param name="host">Where errors come from.</param>
    /// <param name="channel">Where warnings go.</param>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="context">The data.</param>
    /// <param name="createTargetReader">Makes readers of the label.</param>
    public static TrainingRows Read(
        IHost host, IChannel channel, SimpleNnOptionsBase options, TrainContext context, Func<RoleMappedSchema, TargetReader> createTargetReader)
    {
        DataViewSchema.Column features = context.TrainingSet.Schema.Feature!.Value;
        ImageShape? imageShape = options.ImageDistortion is null ? null : ImageShapes.Read(host, features, options.ImageShape);
        TargetReader targets = createTargetReader(context.TrainingSet.Schema);
        int[]? directions = FeatureDirections.Read(host, features, options.Monotone);
        bool dense = imageShape is not null || directions is not null;
        ExampleReader reader = new(host, channel, createTargetReader, options.AcceptsMissing, dense, options.CancellationToken);
        // Validation rows that are given have a quarter of the memory.
        long memory = options.MemoryBudget ?? SimpleNnDefaults.MemoryBudget, validationMemory = context.ValidationSet is null ? 0 : memory / 4;
        ExampleSource training = reader.Read("training data", context.TrainingSet, targets, memory - validationMemory);
        reader.ReportOrder();
        if (dense && training.IsSparse)
            throw host.Except($"{(imageShape is null ? "MonotoneFeatures" : nameof(options.ImageDistortion))} needs all features of a row, zeros too, but " +
                $"those of {training.RowCount} rows do not fit in an array: set {nameof(options.MemoryBudget)} to less than {4L * Array.MaxLength} bytes, so " +
                $"that the rows are read anew in each epoch, or leave the option out.");
        targets.CheckTrainingTargets(host, channel);
        if (reader.FeaturesAreAllEqual)
            channel.Warning(MessageSensitivity.Schema, $"All {training.RowCount} rows of the training data have the same features in column " +
                $"'{features.Name}': " +
                "the model predicts the same for every row that is like them. Look at how the column is made.");

        ClassWeighting? classWeighting = targets.ConstantOutput is null ? ClassWeighting.Create(host, options, targets, training) : null;
        training = classWeighting?.Apply("training data", training) ?? training;
        ExampleSource? validation = context.ValidationSet is null ? null : ReadValidation();
        return new TrainingRows(training, validation, targets, FeatureHints.Read(features) with
        {
            AcceptsMissing = options.AcceptsMissing,
            Directions = directions,
        })
        {
            ImageShape = imageShape,
            Memory = memory,
            ValidationMemory = validationMemory,
        };

        ExampleSource ReadValidation()
        {
            TargetReader validationTargets = createTargetReader(context.ValidationSet.Schema);
            validationTargets.CheckSameTargets(host, targets);
            ExampleSource rows = reader.Read("validation data", context.ValidationSet, validationTargets, validationMemory);
            if (rows.FeatureCount != training.FeatureCount)
                throw host.Except($"Feature column '{features.Name}' has {rows.FeatureCount} features in the validation data and {training.FeatureCount} in " +
                    $"the training data: prepare both with the same pipeline.");
            return classWeighting?.Apply("validation data", rows) ?? rows;
        }
    }
}
