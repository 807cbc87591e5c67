using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.ML.SimpleNn.PerformanceTests;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;
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
            AutoencoderOnDigits.Run(rest, Console.Out);
            break;
        case ["scoring", "mlnet"]:
            ScoringThroughMLNet.Run(Console.Out);
            break;
        case ["accuracy", .. string[] rest]:
            AccuracyCommand.Run(rest, Console.Out);
            break;
        case ["fit", .. string[] rest]:
            FitCommand.Run(rest, Console.Out);
            break;
        case ["streaming", .. string[] rest]:
            StreamingCommand.Run(rest, Console.Out);
            break;
        case [StreamingCommand.Child, string path, string budget]:
            StreamingCommand.Train(path, budget, Console.Out);
            break;
        case ["long", .. string[] rest]:
            LongRunCommand.Run(rest, Console.Out);
            break;
        case ["together", .. string[] rest]:
            TogetherCommand.Run(rest, Console.Out);
            break;
        case ["soak", .. string[] rest]:
            SoakCommand.Run(rest, Console.Out);
            break;
        case ["mnist-run", string name, string folder, string threads]:
            MnistRuns.Run(name, folder, int.Parse(threads, CultureInfo.InvariantCulture), Console.Out);
            break;
        default:
            Arguments arguments = Arguments.Parse(args);
            if (arguments.Sparse) SparseTraining.Run(arguments, Console.Out);
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
