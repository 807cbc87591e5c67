using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The documentation of each option is in its form, and names the range and the default that the option really has.</summary>
[TestClass]
public sealed partial class OptionDocumentationTests
{
    private const int MostWords = 40;

    public static IEnumerable<object[]> Fields => OptionDocs.Types.Keys.SelectMany(OptionDocs.Fields).Select(option => new object[] { option.DeclaringType!, option.Name });

    /// <summary>The options whose range the table of constraints has, with its words.</summary>
    public static IEnumerable<object[]> Ranges =>
        from table in new[] { typeof(OptionConstraints), typeof(TrainerConstraints) }
        from property in table.GetProperties()
        let constraint = property.GetValue(null)!
        select new object[] { property.Name, (string)constraint.GetType().GetProperty("RangeText")!.GetValue(constraint)! };

    [TestMethod]
    [DynamicData(nameof(Fields))]
    public void The_documented_default_is_the_default(Type type, string name)
    {
        object? value = OptionDocs.Fields(type).Single(field => field.Name == name).GetValue(OptionDocs.Types[type]);

        string text = value switch
        {
            null => "null",
            string column => $"\"{column}\"",
            bool flag => flag ? "true" : "false",
            int[] sizes => $"[{string.Join(", ", sizes)}]",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            CancellationToken => "none",
            _ => value.GetType().Name,
        };
        Assert.MatchesRegex($@"Default: {Regex.Escape(text)}(\.|,| |$)", OptionDocs.Of(type, name).Value);
    }

    [TestMethod]
    [DynamicData(nameof(Ranges))]
    public void The_documented_range_is_that_of_the_constraint(string name, string range)
    {
        Type type = OptionDocs.Types.Keys.Single(type => Array.Exists(OptionDocs.Fields(type), field => field.Name == name));

        Assert.StartsWith($"Range: {range}. Default: ", OptionDocs.Of(type, name).Value);
    }

    [TestMethod]
    [DynamicData(nameof(Fields))]
    public void A_summary_is_one_short_sentence_and_leaves_range_and_default_to_the_value(Type type, string name)
    {
        OptionDocs docs = OptionDocs.Of(type, name);

        Assert.DoesNotMatchRegex(EndOfSentence(), docs.Summary);
        Assert.IsLessThanOrEqualTo(MostWords, docs.Summary.Split(' ').Length);
        foreach (string word in new[] { "Range:", "Default:" }) Assert.DoesNotContain(word, docs.Summary + docs.Remarks);
    }

    /// <summary>A period after a word, not after an initial, and another sentence.</summary>
    [GeneratedRegex(@"[\w)>]{2}[.!?] [A-Z]")]
    private static partial Regex EndOfSentence();
}
