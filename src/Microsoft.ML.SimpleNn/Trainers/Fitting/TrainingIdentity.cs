using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The names and values by which a checkpoint knows its training: whatever decides the weights, in the user's words, so that a difference can be named. Options
/// are found by reflection, so that a new one is never forgotten; those that decide nothing about the weights are left out by name.
/// </summary>
internal sealed class TrainingIdentity
{
    private const int MostObjectsInside = 4;

    private static readonly string[] WithoutEffect =
    [
        nameof(SimpleNnOptionsBase.Progress), nameof(SimpleNnOptionsBase.CancellationToken), nameof(SimpleNnOptionsBase.NumberOfThreads),
        nameof(SimpleNnOptionsBase.CheckpointPath), nameof(SimpleNnOptionsBase.CheckpointEvery),
        // How these count is added by itself: a budget may be raised when it is used up, memory only decides where the rows are, and the seed may be drawn.
        nameof(SimpleNnOptionsBase.TimeBudget), nameof(SimpleNnOptionsBase.MemoryBudget), nameof(SimpleNnOptionsBase.Seed),
    ];

    private readonly List<KeyValuePair<string, string>> _pairs = [];

    /// <summary>Opens what a training goes on from; null where nobody asks for it.</summary>
    /// <param name="job">The training.</param>
    /// <param name="trainer">The type of the trainer.</param>
    public static Checkpoint? OpenCheckpoint(TrainingJob job, Type trainer)
    {
        if (job.Options.CheckpointPath is not string path)
            return null;
        var identity = new TrainingIdentity();
        identity.AddOptions(trainer, job.Options, job.Seed);
        identity.AddRows("training rows", job.Rows.Training, job.Rows.Memory);
        identity.AddRows("validation rows", job.Rows.Validation, job.Rows.ValidationMemory);
        identity.AddColumns(job.Rows.Targets, job.Rows.Hints);
        identity.AddModel(job.Earlier);
        var checkpoint = Checkpoint.Open(path, job.Options.CheckpointEvery ?? CheckpointInterval.Epochs(1), identity._pairs,
            warning => job.Channel.Warning(MessageSensitivity.None, warning));
        if (checkpoint.RememberedRuns > 0)
            job.Channel.Info(MessageSensitivity.None, $"The training goes on from the checkpoint '{path}'.");
        return checkpoint;
    }

    /// <summary>The options that decide the weights, in the user's words; but for the seed.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Describe(SimpleNnOptionsBase options)
    {
        var identity = new TrainingIdentity();
        identity.AddFields(options);
        return identity._pairs;
    }

    /// <summary>Adds the trainer and its options.</summary>
    private void AddOptions(Type trainer, SimpleNnOptionsBase options, int seed)
    {
        string? version = typeof(TrainingIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        Add("the version of the library", version?.Split('+')[0]);
        Add("the trainer", trainer.Name);
        Add(nameof(options.Seed), seed);
        Add(nameof(options.TimeBudget), options.TimeBudget is null ? null : "given");
        AddFields(options);
    }

    private void AddFields(SimpleNnOptionsBase options)
    {
        FieldInfo[] all = options.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance);
        foreach (FieldInfo option in all.Where(option => !WithoutEffect.Contains(option.Name)))
            AddValue(option.Name, option.GetValue(options), depth: 0);
    }

    /// <summary>Adds rows.</summary>
    /// <param name="name">What they are: training or validation rows.</param>
    /// <param name="examples">The rows; null for none.</param>
    /// <param name="memory">The memory for those that are read anew in each epoch, which decides their order.</param>
    private void AddRows(string name, ExampleSource? examples, long memory)
    {
        Add($"the number of {name}", examples?.RowCount);
        if (examples is null)
            return;
        Add($"the number of features of the {name}", examples.FeatureCount);
        Add($"the memory of the {name}", examples is ExampleSet ? "enough for all" : $"{memory.ToString(CultureInfo.InvariantCulture)} bytes");
        Add($"the hash of the {name}", examples.Hash().ToString("x16", CultureInfo.InvariantCulture));
    }

    /// <summary>Adds what is known of the columns.</summary>
    private void AddColumns(TargetReader targets, ColumnHints hints)
    {
        Add("the number of outputs", targets.Outputs);
        if (targets.ClassNames.Length > 0)
            AddMany("the classes", targets.ClassNames);
        AddMany("the ranges of one-hot features", hints.IndicatorRanges);
        Add("whether the features are normalized", hints.IsNormalized);
    }

    /// <summary>Adds the model that is trained further.</summary>
    private void AddModel(IReadOnlyList<TrainedNetwork>? networks)
    {
        if (networks is null)
            return;
        DataHash hash = default;
        foreach (TrainedNetwork trained in networks)
        {
            foreach (DenseLayer layer in trained.Network.Layers)
                hash.Add<float>(layer.Parameters.Span);
            hash.Add<float>(trained.Network.InputStage is { } stage ? stage.Gain.Span : []);
            hash.Add((ulong)(trained.OptimizerState?.StepCount ?? -1));
        }
        Add("the hash of the given model", hash.Value.ToString("x16", CultureInfo.InvariantCulture));
    }

    private void AddValue(string name, object? value, int depth)
    {
        switch (value)
        {
            case null or string or IFormattable or bool:
                Add(name, value);
                break;
            case IDictionary dictionary:
                AddMany(name, dictionary.Keys.Cast<object>().Select(key => $"{key}: {Text(dictionary[key])}").Order(StringComparer.Ordinal));
                break;
            case IEnumerable items:
                AddMany(name, items.Cast<object>().Select(Text));
                break;
            default:
                Add(name, value.GetType().Name);
                foreach (FieldInfo field in FieldsOf(value.GetType()).Where(_ => depth < MostObjectsInside))
                    AddValue($"{name}.{NameOf(field)}", field.GetValue(value), depth + 1);
                break;
        }
    }

    private void Add(string name, object? value) => _pairs.Add(new(name, Text(value)));

    /// <summary>Lists that are long, such as the names of a thousand classes, are known by their hash too.</summary>
    private void AddMany<T>(string name, IEnumerable<T> items)
    {
        const int Longest = 1000;
        string list = $"[{string.Join(", ", items.Select(item => Text(item)))}]";
        DataHash hash = default;
        hash.Add<char>(list);
        Add(name, list.Length <= Longest ? list : $"{list[..(Longest / 20)]}... ({hash.Value.ToString("x16", CultureInfo.InvariantCulture)})");
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>The fields of a type and of those that it derives from, but for memory of the kernels.</summary>
    private static IEnumerable<FieldInfo> FieldsOf(Type type) => type.BaseType is null ? [] : FieldsOf(type.BaseType).Concat(
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(field => !field.FieldType.IsPointer && field.FieldType != typeof(AlignedBuffer)));

    /// <summary>The name in the source: of a property, or a parameter of a primary constructor, what the compiler's name has between its brackets.</summary>
    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name.TrimStart('_');
}
