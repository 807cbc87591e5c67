using System.Globalization;
using System.Text;
using Microsoft.ML.SimpleNn.Tests.Trainers;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>docs/ERRORS.md, made of the tables that the tests run.</summary>
internal static class ErrorsPage
{
    /// <summary>The tables, each with its heading and the file that it stands in.</summary>
    public static readonly (string Heading, string File, ErrorCase[] Cases)[] Tables =
    [
        ("Features", nameof(FeatureErrors), FeatureErrors.Cases),
        ("Labels: columns", nameof(LabelTypeErrors), LabelTypeErrors.Cases),
        ("Labels: values", nameof(LabelValueErrors), LabelValueErrors.Cases),
        ("Rows, weights and validation data", nameof(RowErrors), RowErrors.Cases),
        ("Models and evaluation", nameof(ModelErrors), ModelErrors.Cases),
    ];

    /// <summary>The whole page.</summary>
    public static string Text()
    {
        var page = new StringBuilder();
        page.Append("""
            # Errors and warnings

            What the trainers and evaluators say of inputs that cannot be used, and of what they could not learn. Each row is a test on the whole sentence, in two cultures; where the last column says so, another
            test does what the sentence says, and trains. The tables lie in tests/Microsoft.ML.SimpleNn.Tests/Errors, and this page is made of them: `SIMPLENN_WRITE_DOCS=1 dotnet test` writes it, and without that
            a test compares it. .NET adds the name of a parameter to some of the sentences.


            """);
        foreach ((string heading, string file, ErrorCase[] cases) in Tables)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {heading}\n\n| input | message | test ({file}) |\n| -- | -- | -- |\n");
            foreach (ErrorCase one in cases)
                page.Append(CultureInfo.InvariantCulture, $"| {Cell(one.Input)} | {(one.IsWarning ? "Warning: " : "")}{Cell(one.Message)} | sentence{(one.HasRemedy ? ", remedy" : "")} |\n");
            page.Append('\n');
        }

        page.Append("## Options\n\nOptions are checked before anything else is done with them.\n\n| input | message | test (OptionTable) |\n| -- | -- | -- |\n");
        foreach (OptionRow row in OptionTable.Rows.Where(row => row.Refused.Length > 0))
            page.Append(CultureInfo.InvariantCulture, $"| {row.Name}{(row.Of is null ? "" : $" of {row.Of.DeclaringType!.Name}")} | {Cell($"{row.Name} is {OptionTableTests.Text(row.Refused[0])}: it {row.Remedy}.")} | sentence, range |\n");
        return page.ToString();
    }

    /// <summary>The text as the cell of a table, where a bar would end the cell and what looks like a tag would vanish.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
