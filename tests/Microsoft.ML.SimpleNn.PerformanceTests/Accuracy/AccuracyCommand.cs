using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;
using Microsoft.ML.SimpleNn.PerformanceTests.Reports;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>The command "accuracy": the tables of docs/accuracy.</summary>
internal static class AccuracyCommand
{
    /// <summary>What --help prints.</summary>
    public const string Help = """
        accuracy: trains on real data sets and prints what ML.NET's evaluators say, as a table in Markdown, beside other trainers where that is asked for.
        An error is 1 - accuracy, 1 - AUC, 1 - balanced accuracy, 1 - F1, or the RMSE itself; seconds are those of Fit on rows in memory.

          --data DIR        the folder with the data sets; default: ../shared/data
          --only LIST       only the data sets whose name contains one of these texts, joined by commas
          --group NAME      only the data sets of a group: choose, by which defaults may be chosen, or confirm
          --seeds N         how often, with the seeds 0 to N - 1, which decide the split, where there is one, and the network; default: 5
          --variants TEXT   not the defaults, but the variants whose name contains TEXT; '*' for all
          --as NAME         calls our trainer NAME in the tables and figures, instead of SimpleNn defaults; variants are called NAME and what they change
          --ours yes|no     whether ours is run; default: yes
          --peers LIST      the others, joined by commas, or all: lightgbm, fasttree, linear, sklearn-mlp, sklearn-hgb; default: none.
                            linear is the better of two linear trainers of ML.NET on the tested rows. lightgbm and fasttree are there where the program was built
                            with -p:MLNetPeers=true (or -p:Peers=true), the last two where the Python has scikit-learn; they leave out text
          --python FILE     the Python to look for scikit-learn in; default: python3
          --figures FILE    adds each result to FILE, and takes from it those that it has already, of ours too: give a changed trainer another name with --as.
                            Results of others in it are shown without --peers
          --beside LIST     names of ours that FILE has results of, such as "SimpleNn defaults", to show and to compare with as well
          --docs DIR        also writes the page DIR/accuracy/<processor>/defaults.md
        """;

    /// <summary>Runs the command.</summary>
    /// <param name="args">The arguments after "accuracy".</param>
    /// <param name="output">Takes the tables.</param>
    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static void Run(ReadOnlySpan<string> args, TextWriter output)
    {
        AccuracyArguments arguments = AccuracyArguments.Parse(args);
        var figures = new Figures(arguments.Figures);
        AccuracySet[] sets = [.. AllSets.Create(arguments.Data).Where(arguments.Wants)];
        Variant[] variants = ChosenVariants(arguments.Variants);
        AccuracyTrainer[] ours = [.. variants.Select(variant => new SimpleNnUnderTest(NameOf(variant, arguments), variant))];
        var others = new List<AccuracyTrainer>();
        foreach (string name in arguments.Peers)
        {
            if (Others.TryCreate(name, arguments.Python, out string? whyNot) is AccuracyTrainer other) others.Add(other);
            else output.WriteLine($"Not there: {whyNot}\n");
        }

        string[] shown = [.. Others.Names.Where(name => arguments.Peers.Contains(name) || figures.Trainers.Contains(name))];
        var table = new AccuracyTable(figures, [.. ours.Select(trainer => trainer.Name)], shown, arguments.Beside, arguments.Seeds);
        string document = AccuracyRun.Run(sets, arguments.RunsOurs ? [.. ours, .. others] : [.. others], arguments.Seeds, figures, table, output);
        if (arguments.Docs != null) new MachinePages(arguments.Docs, "accuracy").Write("defaults", "Defaults, beside other trainers", document, []);
    }

    /// <summary>"SimpleNn" or what --as says, and the variant's name; with --as the defaults need no name.</summary>
    private static string NameOf(Variant variant, AccuracyArguments arguments) =>
        arguments.Name != null && variant == Variants.Defaults ? arguments.Name : $"{arguments.Name ?? "SimpleNn"} {variant.Name}";

    private static Variant[] ChosenVariants(string? text)
    {
        if (text == null) return [Variants.Defaults];
        Variant[] chosen = [.. Variants.All.Concat(Variants.Documented).Where(variant => text == "*" || variant.Name.Contains(text, StringComparison.OrdinalIgnoreCase))];
        return chosen.Length > 0 ? chosen : throw new FormatException($"No variant has '{text}' in its name; see Variants.cs.");
    }
}
