using Microsoft.ML;

namespace Tabular;

/// <summary>The command line: which tables to learn from.</summary>
internal static class Jobs
{
    private const string Help = """
        Tabular: learns from tables of numbers and categories.

        Usage: Tabular [--adult DIR] [--housing DIR] [--report FILE]

          (nothing)       makes a table of people and one of houses
          --adult DIR     the folder of adult.data and adult.test (UCI Adult): who earns more
                          than $50,000 a year?
          --housing DIR   the folder of cal_housing.data (California housing): what is a
                          house in a district worth?
          --report FILE   writes what the network has learned of the people, as an HTML page
        """;

    /// <returns>The exit code: 0, or 1 when the input cannot be used.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args is ["--help" or "-h"])
        {
            output.WriteLine(Help);
            return 0;
        }

        string? adult = null, housing = null, report = null;
        for (int i = 0; i < args.Length; i += 2)
        {
            if (args[i] is "--report" && i + 1 < args.Length)
            {
                report = args[i + 1];
                continue;
            }

            if (args[i] is not ("--adult" or "--housing") || i + 1 == args.Length || !Directory.Exists(args[i + 1]))
            {
                error.WriteLine(args[i] is "--adult" or "--housing" ? $"{args[i]} needs a folder that exists; --help explains." : $"There is no option {args[i]}; --help lists them.");
                return 1;
            }

            if (args[i] == "--adult") adult = args[i + 1];
            else housing = args[i + 1];
        }

        try
        {
            var ml = new MLContext(seed: 1);
            if (adult != null || housing == null) Income.Run(ml, adult, report, output);
            if (housing != null || adult == null) HousePrice.Run(ml, housing, output);
            return 0;
        }
        catch (IOException e)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }
}
