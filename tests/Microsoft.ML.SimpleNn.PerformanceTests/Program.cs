using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.ML.SimpleNn.PerformanceTests;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Coverage;
using Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;
using Microsoft.ML.SimpleNn.PerformanceTests.Mnist;
using Microsoft.ML.SimpleNn.PerformanceTests.Reports;

if (args.Contains("--help"))
{
    Console.WriteLine(Arguments.Help);
    Console.WriteLine();
    Console.WriteLine(AccuracyCommand.Help);
    Console.WriteLine();
    Console.WriteLine(AutoencoderOnDigits.Help);
    Console.WriteLine();
    Console.WriteLine(CoverageCommand.Help);
    Console.WriteLine();
    Console.WriteLine(ScoringThroughMLNet.Help);
    Console.WriteLine();
    Console.WriteLine(FitCommand.Help);
    Console.WriteLine();
    Console.WriteLine(StreamingCommand.Help);
    Console.WriteLine();
    Console.WriteLine(LongRunCommand.Help);
    Console.WriteLine();
    Console.WriteLine(TogetherCommand.Help);
    Console.WriteLine();
    Console.WriteLine(SoakCommand.Help);
    Console.WriteLine();
    Console.WriteLine("Each of these commands, from scoring mlnet on, takes --docs DIR too, and then also writes its page into DIR/benchmarks/<processor>.");
    return 0;
}

if (Machine.EngineIsDebugBuild())
{
    Console.Error.WriteLine("The engine was built without optimization: build with -c Release.");
    return 1;
}

if (args.Contains("--filter"))
{
    // In this process: there the kernels are the very code, with the properties, that the rest of the program measures.
    BenchmarkSwitcher.FromAssembly(typeof(Machine).Assembly).Run(
        args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
    return 0;
}

try
{
    switch (args)
    {
        case ["accuracy", "autoencoder", .. string[] rest]:
            new CommandPage("accuracy", "autoencoder", "Anomalies among digits").Run(rest, AutoencoderOnDigits.Run);
            break;
        case ["accuracy", "coverage", .. string[] rest]:
            new CommandPage("accuracy", "coverage", "Coverage of intervals and prediction sets").Run(rest, CoverageCommand.Run);
            break;
        case ["scoring", "mlnet", .. string[] rest]:
            new CommandPage("benchmarks", "scoring-mlnet", "Scoring through ML.NET").Run(rest, (_, output) => ScoringThroughMLNet.Run(output));
            break;
        case ["accuracy", .. string[] rest]:
            AccuracyCommand.Run(rest, Console.Out);
            break;
        case ["fit", .. string[] rest]:
            new CommandPage("benchmarks", "fit", "How the time of Fit divides").Run(rest, FitCommand.Run);
            break;
        case ["streaming", .. string[] rest]:
            new CommandPage("benchmarks", "streaming", "Data larger than memory").Run(rest, StreamingCommand.Run);
            break;
        case [StreamingCommand.Child, string path, string budget]:
            StreamingCommand.Train(path, budget, Console.Out);
            break;
        case ["long", .. string[] rest]:
            new CommandPage("benchmarks", "long", "A long run").Run(rest, LongRunCommand.Run);
            break;
        case ["together", .. string[] rest]:
            new CommandPage("benchmarks", "together", "Several trainings at once").Run(rest, TogetherCommand.Run);
            break;
        case ["soak", .. string[] rest]:
            new CommandPage("benchmarks", "soak", "Many threads, many repetitions").Run(rest, SoakCommand.Run);
            break;
        case ["mnist-run", string name, string folder, string threads]:
            MnistRuns.Run(name, folder, int.Parse(threads, CultureInfo.InvariantCulture), Console.Out);
            break;
        default:
            Arguments arguments = Arguments.Parse(args);
            if (arguments.Sparse) new CommandPage("benchmarks", "sparse-training", "Training on sparse rows").Run(arguments.Docs, output => SparseTraining.Run(arguments, output));
            else AllReports.Run(arguments, Console.Out);
            break;
    }

    return 0;
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
