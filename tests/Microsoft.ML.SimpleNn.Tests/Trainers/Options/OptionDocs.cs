using System.Reflection;
using System.Xml.Linq;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>What the documentation of an option says.</summary>
/// <param name="Summary">What it is.</param>
/// <param name="Remarks">The rest; empty where there is no more.</param>
/// <param name="Value">Its range and default.</param>
internal sealed record OptionDocs(string Summary, string Remarks, string Value)
{
    private static readonly Lazy<XDocument> File = new(() => XDocument.Load(Path.ChangeExtension(typeof(SimpleNnOptionsBase).Assembly.Location, ".xml")));

    /// <summary>The types that declare options, each with one of whose options the defaults are to be seen: a trainer's own may differ, which the remarks of its type then say.</summary>
    public static IReadOnlyDictionary<Type, SimpleNnOptionsBase> Types { get; } = new Dictionary<Type, SimpleNnOptionsBase>
    {
        [typeof(SimpleNnOptionsBase)] = new SimpleNnMulticlassTrainer.Options(),
        [typeof(SimpleNnSupervisedOptionsBase)] = new SimpleNnMulticlassTrainer.Options(),
        [typeof(SimpleNnClassifierOptionsBase)] = new SimpleNnMulticlassTrainer.Options(),
        [typeof(SimpleNnMulticlassTrainer.Options)] = new SimpleNnMulticlassTrainer.Options(),
        [typeof(SimpleNnRegressionTrainer.Options)] = new SimpleNnRegressionTrainer.Options(),
        [typeof(SimpleNnAutoencoderTrainer.Options)] = new SimpleNnAutoencoderTrainer.Options(),
    };

    /// <summary>The options that a type declares.</summary>
    public static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    /// <summary>Reads the documentation of an option.</summary>
    public static OptionDocs Of(Type type, string option)
    {
        XElement member = File.Value.Descendants("member").Single(m => (string?)m.Attribute("name") == $"F:{type.FullName!.Replace('+', '.')}.{option}");
        return new(Text(member.Element("summary")), Text(member.Element("remarks")), Text(member.Element("value")));
    }

    private static string Text(XElement? element)
    {
        if (element is null)
            return "";
        var copy = new XElement(element);
        foreach (XElement reference in copy.Descendants("see").ToArray())
        {
            string[] parts = ((string)reference.Attribute("cref")!).Split(':')[1].Split('(')[0].Split('.');
            reference.ReplaceWith(reference.Attribute("cref")!.Value[0] == 'T' ? parts[^1].Split('`')[0] : parts[^2].StartsWith("SimpleNn", StringComparison.Ordinal) ? parts[^1] : $"{parts[^2]}.{parts[^1]}");
        }
        return string.Join(' ', copy.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
