using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Which output of an earlier model is which of the data that it is trained on further. Keys are numbered as MapValueToKey meets the values, so that the same
/// classes can have other numbers.
/// </summary>
internal static class OutputOrder
{
    private const int NamesInMessages = 10;

    /// <summary>The model's output for each output of the data; null where they are the same, or cannot be told by names.</summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="label">The label column.</param>
    /// <param name="model">The names of the model's outputs; null for none.</param>
    /// <param name="data">The names of the data's outputs; null for none.</param>
    public static int[]? Match(IExceptionContext context, string label, IReadOnlyList<string>? model, IReadOnlyList<string>? data)
    {
        if (model is null || data is null || !CanTellApart(model) || !CanTellApart(data) || model.SequenceEqual(data))
            return null;
        string[] missing = [.. data.Except(model)], superfluous = [.. model.Except(data)];
        if (missing.Length + superfluous.Length == 0)
        {
            Dictionary<string, int> outputs = model.Select((name, output) => (name, output)).ToDictionary(pair => pair.name, pair => pair.output);
            return [.. data.Select(name => outputs[name])];
        }

        string difference = string.Join(" and ", new[]
        {
            missing.Length > 0 ? $"does not know {List(missing)}" : "",
            superfluous.Length > 0 ? $"knows {List(superfluous)} besides" : "",
        }.Where(part => part.Length > 0));
        throw context.Except($"The given model cannot be trained further: it tells {List(model)} apart, but label column '{label}' has {List(data)}, so that " +
            $"the model {difference}. " +
            "Give it data whose label was made in the same way as that of the model, for example by the MapValueToKey that was fitted with it, or train " +
            "a new model.");
    }

    /// <summary>The network and what its optimizer remembered, with the outputs in another order.</summary>
    /// <param name="trained">The network.</param>
    /// <param name="order">Which output of it becomes each output.</param>
    public static TrainedNetwork Reorder(TrainedNetwork trained, int[] order)
    {
        Network network = trained.Network.WithOutputs(order);
        return trained with { Network = network, OptimizerState = trained.OptimizerState?.WithOutputs(network, order) };
    }

    private static bool CanTellApart(IReadOnlyList<string> names) => !names.Contains("") && names.Distinct().Count() == names.Count;

    private static string List(IReadOnlyList<string> names)
    {
        string list = string.Join(", ", names.Take(NamesInMessages).Select(name => $"'{name}'"));
        return names.Count > NamesInMessages ? $"{list} and {names.Count - NamesInMessages} more" : list;
    }
}
