using System.Text.Json;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>Reads specs.json of the folder of tables.</summary>
internal static class TableSpecs
{
    /// <summary>The tables that the text describes.</summary>
    public static TableSpec[] Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(Parse)];
    }

    private static TableSpec Parse(JsonElement table)
    {
        string[] positive = Texts(table, "positive");
        Problem problem = table.GetProperty("task").GetString() switch
        {
            "text" => positive.Length > 0 ? Problem.Binary : Problem.Multiclass,
            "multilabel" => Problem.Labels,
            "multioutput" => Problem.Outputs,
            string task => Enum.Parse<Problem>(task, ignoreCase: true),
            null => throw new FormatException("A table of specs.json has no task."),
        };
        return new TableSpec
        {
            Name = table.GetProperty("name").GetString()!,
            Group = table.GetProperty("group").GetString()!,
            Files = [.. table.GetProperty("files").EnumerateArray().Select(file => new TableFile(file.GetProperty("path").GetString()!, file.GetProperty("role").GetString()!))],
            Separator = table.GetProperty("separator").GetString()![0],
            IsQuoted = table.GetProperty("quote").GetString() == "\"",
            HasHeader = table.GetProperty("header").GetBoolean(),
            Label = Texts(table, "label"),
            Problem = problem,
            Positive = positive,
            Drop = Texts(table, "drop"),
            Categorical = Texts(table, "categorical"),
            Dates = Texts(table, "datetime"),
            Text = Texts(table, "text"),
            Measures = [.. Texts(table, "metric").Concat(Texts(table, "metric2")).Select(Measure.Parse), .. problem is Problem.Binary or Problem.Multiclass ? [Measure.LogLoss, Measure.CalibrationError] : Array.Empty<Measure>()],
        };
    }

    /// <summary>A property's text or number, or all of its list; none where the property is missing.</summary>
    private static string[] Texts(JsonElement table, string property)
    {
        if (!table.TryGetProperty(property, out JsonElement value)) return [];
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(element => element.ToString())] : [value.ToString()];
    }
}
