using System.Globalization;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>Every input of docs/ERRORS.md: the whole sentence that the user reads, in any culture, and that what it says to do leads to a training.</summary>
[TestClass]
public sealed class ErrorTests
{
    private static readonly Dictionary<string, ErrorCase> ByInput = ErrorsPage.Tables.SelectMany(table => table.Cases).ToDictionary(one => one.Input);

    public static IEnumerable<object[]> Inputs => ByInput.Keys.Select(input => new object[] { input });

    public static IEnumerable<object[]> InputsWithRemedy => ByInput.Values.Where(one => one.HasRemedy).Select(one => new object[] { one.Input });

    [TestMethod]
    [DynamicData(nameof(Inputs))]
    public void The_sentence(string input) => Assert.AreEqual(ByInput[input].Message, Sentence(ByInput[input]));

    /// <summary>Swedish writes 1,5 for 1.5 and has a minus sign of its own.</summary>
    [TestMethod]
    [DynamicData(nameof(Inputs))]
    public void The_sentence_is_the_same_where_numbers_have_commas(string input)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
            Assert.AreEqual(ByInput[input].Message, Sentence(ByInput[input]));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestMethod]
    [DynamicData(nameof(InputsWithRemedy))]
    public void The_remedy_trains(string input) => ByInput[input].FollowRemedy(new MLContext(seed: 1));

    /// <summary>The value that .NET adds to a message of its own is written as the range is.</summary>
    [TestMethod]
    public void A_setting_out_of_range_is_told_in_any_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
            Assert.EndsWith("Actual value was -0.5.", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new AdamOptimizer { LearningRate = -0.5f }).Message);
            Assert.Contains("Scale must be from 0 up to, but not including, 1.", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ImageDistortion { Scale = 1.5f }).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>What the user reads: of an exception its message, of a warning the one line on the log.</summary>
    private static string Sentence(ErrorCase one)
    {
        var ml = new MLContext(seed: 1);
        var log = new LogCapture(ml);
        if (one.IsWarning)
        {
            one.Provoke(ml);
            return string.Join("\n", log.Warnings);
        }

        Exception error = Assert.Throws<Exception>(() => one.Provoke(ml));
        int parameter = error.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter < 0 ? error.Message : error.Message[..parameter];
    }
}
