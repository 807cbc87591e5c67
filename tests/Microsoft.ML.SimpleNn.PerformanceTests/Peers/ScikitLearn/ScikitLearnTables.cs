using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Judgement;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>A model of scikit-learn with its defaults, in a Python of its own, which gets the features that ML.NET made in files and answers with scores.</summary>
internal sealed class ScikitLearnTables : AccuracyTrainer
{
    /// <summary>The names of the models.</summary>
    public static readonly IReadOnlyList<string> Names = ["sklearn-mlp", "sklearn-hgb"];

    private readonly string _python;

    private ScikitLearnTables(string name, string python) : base(name)
    {
        _python = python;
    }

    /// <summary>Looks for scikit-learn.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="python">The Python to look in.</param>
    /// <param name="whyNot">Why it is not there; null when it is.</param>
    public static AccuracyTrainer? TryCreate(string name, string python, out string? whyNot)
    {
        using IPeer? peer = ScikitLearnPeer.TryLoad(python, out whyNot);
        return peer == null ? null : new ScikitLearnTables(name, python);
    }

    /// <summary>Text makes more features than files of all of them are sensible for.</summary>
    public override bool Takes(AccuracySet set) => base.Takes(set) && set is not TableSet { IsText: true };

    public override Outcome Run(MLContext ml, AccuracySet set, IReadOnlyList<Split> splits, int seed) => Outcome.OfFolds([.. splits.Select(split => Run(ml, set, split, seed))]);

    private Outcome Run(MLContext ml, AccuracySet set, Split split, int seed)
    {
        string folder = Directory.CreateTempSubdirectory("accuracy-").FullName;
        try
        {
            ExportedRows.Write(split.Train, set.Problem, Path.Combine(folder, "train"));
            ExportedRows.Write(split.Test, set.Problem, Path.Combine(folder, "test"));
            double seconds = double.Parse(RunPython(folder, set.Problem, seed), CultureInfo.InvariantCulture);
            float[][] scores = [.. File.ReadLines(Path.Combine(folder, "scores")).Select(line => Array.ConvertAll(line.Split(' '), cell => float.Parse(cell, CultureInfo.InvariantCulture)))];
            return new Outcome(Judges.Judge(ml, set.Problem, ImportedScores.ToDataView(ml, set.Problem, split.Test, scores)), seconds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The seconds that the program prints.</summary>
    private string RunPython(string folder, Problem problem, int seed)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Peers", "ScikitLearn", "scikit_learn_tables.py");
        string[] arguments = [script, Name, problem.ToString(), folder, seed.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(_python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_WAIT_POLICY"] = "passive"; // its threads wait for each other often, which takes minutes where other programs run
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException("scikit-learn: " + errors.Result.TrimEnd().Split('\n')[^1]);
    }
}
