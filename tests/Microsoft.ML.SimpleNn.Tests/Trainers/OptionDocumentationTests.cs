using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The documentation of each option names the default that the option really has.</summary>
[TestClass]
public sealed class OptionDocumentationTests
{
    /// <summary>Each type of options, and where its defaults are to be seen: a trainer's own may differ, which the summary of its type then says.</summary>
    private static readonly Dictionary<Type, SimpleNnOptionsBase> Defaults = new()
    {
        [typeof(SimpleNnOptionsBase)] = new SimpleNnMulticlassTrainer.Options(),
        [typeof(SimpleNnSupervisedOptionsBase)] = new SimpleNnMulticlassTrainer.Options(),
        [typeof(SimpleNnClassifierOptionsBase)] = new SimpleNnMulticlassTrainer.Options(),
        [typeof(SimpleNnRegressionTrainer.Options)] = new SimpleNnRegressionTrainer.Options(),
        [typeof(SimpleNnAutoencoderTrainer.Options)] = new SimpleNnAutoencoderTrainer.Options(),
    };

    public static IEnumerable<object[]> Fields => Defaults.Keys
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Select(option => new object[] { option.DeclaringType!, option.Name });

    [TestMethod]
    [DynamicData(nameof(Fields))]
    public void The_documented_default_is_the_default(Type type, string name)
    {
        object? value = type.GetField(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)!.GetValue(Defaults[type]);

        string text = value switch
        {
            null => "null",
            string column => $"\"{column}\"",
            bool flag => flag ? "true" : "false",
            int[] sizes => $"[{string.Join(", ", sizes)}]",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            CancellationToken => "none",
            LearningRateSchedule schedule => schedule == LearningRateSchedule.Constant ? "LearningRateSchedule.Constant" : "LearningRateSchedule.Cosine",
            _ => value.GetType().Name,
        };
        Assert.MatchesRegex($@"Default: {System.Text.RegularExpressions.Regex.Escape(text)}(\.|,| |$)", Summary(type, name));
    }

    private static string Summary(Type type, string field)
    {
        string file = Path.ChangeExtension(typeof(SimpleNnOptionsBase).Assembly.Location, ".xml");
        XElement member = XDocument.Load(file).Descendants("member").Single(m => (string?)m.Attribute("name") == $"F:{type.FullName!.Replace('+', '.')}.{field}");
        foreach (XElement reference in member.Descendants("see").ToArray())
        {
            string[] parts = ((string)reference.Attribute("cref")!).Split(':')[1].Split('.');
            reference.ReplaceWith(reference.Attribute("cref")!.Value[0] == 'T' ? parts[^1] : $"{parts[^2]}.{parts[^1]}");
        }
        return string.Join(' ', member.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
