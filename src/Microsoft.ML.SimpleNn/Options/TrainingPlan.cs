using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// What a training does where the options leave it open: layers, minibatch, epochs, schedule and how long it takes is decided. Each number is a rule of
/// docs/DEFAULTS.md, which has the
/// figures that decided it.
/// </summary>
/// <param name="HiddenLayers">The units of each hidden layer.</param>
/// <param name="BatchSize">The rows of a minibatch.</param>
/// <param name="NumberOfEpochs">The most epochs.</param>
/// <param name="Schedule">The learning rate's course.</param>
/// <param name="Folds">The folds that tell how long; 0 where held-out rows do.</param>
/// <param name="Reason">Why these layers, for the log.</param>
internal sealed record TrainingPlan(int[] HiddenLayers, int BatchSize, int NumberOfEpochs, LearningRateSchedule Schedule, int Folds, string Reason)
{
    private const int FirstCycle = 4, QuickFirstCycle = 2, FoldsOfSmallTables = 5, PixelsOfImages = 256;

    /// <summary>Fewer rows than this are too few to hold some out once.</summary>
    public const int FewestRowsToHoldOut = 2500;

    /// <summary>The smallest layers that are chosen.</summary>
    public static int[] FewestUnits { get; } = [128];

    /// <summary>Makes a plan.</summary>
    /// <param name="options">The options; what they give counts.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="stage">What the network sees of the features; null for the features as they are.</param>
    /// <param name="isSparse">Whether rows are sparse.</param>
    /// <param name="fewestEpochs">The fewest epochs with an optimizer of the standard parametrization.</param>
    public static TrainingPlan For(SimpleNnOptionsBase options, long rows, InputStage? stage, bool isSparse, int fewestEpochs)
    {
        (int[] layers, string reason) = options.HiddenLayers is { } given ? (given, "as the options say") : LayersFor(stage, isSparse);
        if (options.Optimizer.Parametrization == Parametrization.Standard)
        {
            int rowsOfBatch = options.BatchSize ?? SimpleNnDefaults.BatchSizeFor(rows, isSparse);
            return new TrainingPlan(layers, rowsOfBatch, options.NumberOfEpochs ?? SimpleNnDefaults.NumberOfEpochsFor(rows, rowsOfBatch, fewestEpochs),
                options.LearningRateSchedule ?? LearningRateSchedule.Cosine, Folds: 0, reason);
        }

        int epochs = options.NumberOfEpochs ?? EpochsFor(rows, options.Effort);
        LearningRateSchedule schedule = options.LearningRateSchedule
            ?? LearningRateSchedule.WarmRestarts(FirstCycleFor(epochs, options.Effort == Effort.Quick ? QuickFirstCycle : FirstCycle));
        bool folds = rows < FewestRowsToHoldOut && schedule.HasCycles && options.EarlyStopping && options.ValidationFraction is null
            && options.Effort != Effort.Quick;
        return new TrainingPlan(layers, options.BatchSize ?? BatchSizeFor(rows, isSparse), epochs, schedule, folds ? FoldsOfSmallTables : 0, reason);
    }

    private static (int[] Layers, string Reason) LayersFor(InputStage? stage, bool isSparse)
    {
        if (isSparse)
            return (FewestUnits, "the rows are sparse");
        int pixels = stage?.Kinds.Count(kind => kind == ColumnKind.SameRange) ?? 0;
        return pixels >= PixelsOfImages
            ? ([512, 512], $"{pixels} features have the same range, as the pixels of an image")
            : ([256, 256], "the features are those of a table");
    }

    private static int BatchSizeFor(long rows, bool isSparse) => isSparse ? 64 : rows switch
    {
        <= 1024 => 64,
        <= 8192 => 128,
        <= 40_000 => 256,
        _ => 512,
    };

    private static int EpochsFor(long rows, Effort effort)
    {
        if (effort == Effort.Quick)
            return rows <= 20_000 ? 14 : 6;
        return rows switch
        {
            <= 20_000 => 60,
            <= 200_000 => 28,
            _ => 12,
        };
    }

    /// <summary>
    /// The first cycle of as many that double as bring the last to its end with the last epoch: about as long as is usual, and shorter rather than longer.
    /// </summary>
    private static double FirstCycleFor(int epochs, int usual)
    {
        int parts = 1; // 1, 3, 7, 15 ... cycles' lengths in all, in units of the first
        while (epochs / (2.0 * parts + 1) >= usual)
            parts = 2 * parts + 1;
        return (double)epochs / parts;
    }
}
