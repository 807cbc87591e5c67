namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>A page of a command that prints its table itself: what it prints goes to the console and, with --docs DIR, into the page.</summary>
/// <param name="Kind">The folder of the documentation: "benchmarks" or "accuracy".</param>
/// <param name="Name">The file's name, without its ending.</param>
/// <param name="Title">The heading.</param>
internal sealed record CommandPage(string Kind, string Name, string Title)
{
    /// <summary>Runs the command.</summary>
    /// <param name="args">Its arguments, --docs DIR among them or not.</param>
    /// <param name="command">Takes the other arguments, and where to print.</param>
    /// <exception cref="FormatException">--docs lacks its folder.</exception>
    public void Run(string[] args, Action<string[], TextWriter> command)
    {
        int at = Array.IndexOf(args, "--docs");
        if (at == args.Length - 1 && at >= 0) throw new FormatException("--docs needs a value.");
        Run(at < 0 ? null : args[at + 1], output => command(at < 0 ? args : [.. args[..at], .. args[(at + 2)..]], output));
    }

    /// <summary>Runs the command.</summary>
    /// <param name="docs">The folder of the documentation; null to print only.</param>
    /// <param name="command">Takes where to print.</param>
    public void Run(string? docs, Action<TextWriter> command)
    {
        using var page = new StringWriter();
        using var both = new TwoWriters(Console.Out, page);
        command(both);
        if (docs != null) new MachinePages(docs, Kind).Write(Name, Title, page.ToString(), []);
    }
}
