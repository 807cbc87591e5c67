using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>docs/OPTIONS.md, made of the options and their documentation.</summary>
internal static class OptionsPage
{
    private static readonly Dictionary<Type, string> Headings = new()
    {
        [typeof(SimpleNnOptionsBase)] = "All trainers",
        [typeof(SimpleNnSupervisedOptionsBase)] = "Trainers that learn from labels",
        [typeof(SimpleNnClassifierOptionsBase)] = "Multiclass and binary classification",
        [typeof(SimpleNnMulticlassTrainer.Options)] = "Multiclass classification",
        [typeof(SimpleNnRegressionTrainer.Options)] = "Regression",
        [typeof(SimpleNnAutoencoderTrainer.Options)] = "Anomaly detection",
    };

    /// <summary>The whole page.</summary>
    public static string Text()
    {
        var page = new StringBuilder();
        page.Append("""
            # Options

            The public fields of the trainers' `Options`, in the namespace `Microsoft.ML.Trainers.SimpleNn`. All are checked when the trainer is created; [ERRORS.md](ERRORS.md) has what is said of a value
            out of range, [DEFAULTS.md](DEFAULTS.md) the rules behind what is chosen. Besides them every trainer has ML.NET's own `FeatureColumnName` ("Features") and `ExampleWeightColumnName` (null, all
            rows weigh alike). This page is made of the documentation of the code, whose ranges and defaults tests hold to the code: `SIMPLENN_WRITE_DOCS=1 dotnet test` writes it, and without that a test
            compares it.


            """);
        foreach ((Type type, string heading) in Headings)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {heading}\n\n| option | type | range and default | what it is |\n| -- | -- | -- | -- |\n");
            foreach (FieldInfo field in OptionDocs.Fields(type).OrderBy(field => field.Name, StringComparer.Ordinal))
            {
                OptionDocs docs = OptionDocs.Of(type, field.Name);
                page.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | `{TypeName(field)}` | {docs.Value} | {Cell($"{docs.Summary} {docs.Remarks}".TrimEnd())} |\n");
            }
            page.Append('\n');
        }
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string TypeName(FieldInfo field)
    {
        bool mayBeNull = Nullable.GetUnderlyingType(field.FieldType) is not null || new NullabilityInfoContext().Create(field).ReadState == NullabilityState.Nullable;
        return Name(Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType) + (mayBeNull ? "?" : "");
    }

    private static string Name(Type type) => type switch
    {
        { IsArray: true } => $"{Name(type.GetElementType()!)}[]",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ when type == typeof(float) => "float",
        _ when type == typeof(double) => "double",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(string) => "string",
        _ => type.Name,
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
