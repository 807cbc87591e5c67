using System.Diagnostics;
using System.Globalization;
using DigitImages.Data;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>How the time of a Fit divides: what the engine's steps take, and what all the rest adds.</summary>
internal static class FitCommand
{
    public const string Help = """
        fit [FOLDER]: how the time of Fit on MNIST, 784-128-10, batch 128, 10 epochs, no validation, divides into reading, measuring, gathering and steps.
          FOLDER          the folder of MNIST; default: ../shared/data/mnist
        """;

    private const int Rounds = 7;
    private const int Epochs = 10;
    private const int BatchSize = 128;
    private const int Classes = 10;
    private static readonly int[] HiddenLayers = [128];

    /// <summary>Measures, and writes a table.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        IdxImageData images = IdxImageData.Load(ml, args.Length > 0 ? args[0] : "../shared/data/mnist");
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(images.ToFeatures());
        IDataView data = pipeline.Fit(images.Training).Transform(images.Training);
        int threads = Environment.ProcessorCount;

        DenseExamples floats = ToFloats(data);
        ByteExamples examples = ToBytes(data);
        string[] parts =
        [
            "Fit",
            "the pipeline alone: a cursor over features and labels",
            "measuring the features",
            $"gathering {Epochs} epochs",
            $"the steps of {Epochs} epochs",
            "gathering, were the pixels kept as floats",
            "the steps, were the pixels kept as floats",
            "the training loop: gathering, steps and the rest",
            "what Fit does before and after the loop: reading, measuring, drawing weights, folding",
        ];
        double[][] rounds = [.. Enumerable.Range(0, Rounds + 1).Select(_ => Measure(ml, data, examples, floats, threads)).Skip(1)]; // the first warms up

        output.WriteLine($"Machine: {Machine.Describe()}.");
        output.WriteLine($"MNIST, 784-{HiddenLayers[0]}-{Classes}, Adam, batch {BatchSize}, {Epochs} epochs, no validation, {threads} threads; the least of {Rounds} rounds");
        output.WriteLine();
        output.WriteLine("| part | seconds | of Fit |");
        output.WriteLine("| --- | ---: | ---: |");
        for (int i = 0; i < parts.Length; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {parts[i]} | {Least(i):0.000} | {100 * Least(i) / Least(0):0} % |"));
        }

        // What others take of the machine only adds, and rarely to all parts alike.
        double Least(int part) => rounds.Min(round => round[part]);
    }

    private static double[] Measure(MLContext ml, IDataView data, ByteExamples examples, DenseExamples floats, int threads)
    {
        double loop = 0, fit = Time(() => loop = Fit(ml, data));
        (double gathering, double steps) = Train(examples, threads);
        (double floatGathering, double floatSteps) = Train(floats, threads);
        return [fit, Time(() => Scan(data)), Time(() => InputStageRules.Measure(examples, threads: threads)), gathering, steps, floatGathering, floatSteps, loop, fit - loop];
    }

    /// <summary>Returns the seconds from the first minibatch to the end of the last epoch.</summary>
    private static double Fit(MLContext ml, IDataView data)
    {
        var model = ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
        {
            HiddenLayers = HiddenLayers,
            Optimizer = new AdamOptimizer(),
            BatchSize = BatchSize,
            NumberOfEpochs = Epochs,
            EarlyStopping = false,
        }).Fit(data);
        return model.Model.TrainingHistory.Epochs[^1].Elapsed.TotalSeconds;
    }

    private static DenseExamples ToFloats(IDataView data) => new([.. Pixels(data)], Features(data), Labels(data));

    private static ByteExamples ToBytes(IDataView data) => new([.. Pixels(data).Select(pixel => (byte)pixel)], Features(data), Labels(data));

    private static IEnumerable<float> Pixels(IDataView data) => data.GetColumn<float[]>("Features").SelectMany(row => row);

    private static int Features(IDataView data) => ((VectorDataViewType)data.Schema["Features"].Type).Size;

    private static float[] Labels(IDataView data) => [.. data.GetColumn<uint>("Label").Select(key => key - 1f)];

    private static void Scan(IDataView data)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema["Features"], data.Schema["Label"]]);
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(data.Schema["Features"]);
        ValueGetter<uint> label = cursor.GetGetter<uint>(data.Schema["Label"]);
        VBuffer<float> row = default;
        uint key = 0;
        while (cursor.MoveNext())
        {
            features(ref row);
            label(ref key);
        }
    }

    /// <summary>Trains as Fit does, and returns the seconds of gathering and those of the steps.</summary>
    private static (double Gathering, double Steps) Train(ExampleSet examples, int threads)
    {
        Network network = Network.Create(examples.FeatureCount, HiddenLayers, Classes);
        network.Initialize(null, seed: 1);
        using var workspace = examples.CreateWorkspace(network, BatchSize, threads);
        using Minibatches minibatches = examples.Minibatches(BatchSize, InputStageRules.Measure(examples, threads: threads), null, new RandomSource(1, RandomStream.Shuffle));
        var adam = new AdamOptimizer();
        OptimizerState state = adam.CreateState(network);
        double gathering = 0, steps = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            gathering += Time(minibatches.Begin);
            for (int batch = 0; batch < minibatches.Count; batch++)
            {
                gathering += Time(() => minibatches.Next(workspace));
                steps += Time(() =>
                {
                    network.Forward(workspace);
                    Loss.SoftmaxCrossEntropy.Evaluate(workspace);
                    adam.BackwardAndStep(network, workspace, state);
                });
            }
        }

        return (gathering, steps);
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
