using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Looks at a network after whatever is done to it last: a training may never end with a network whose scores are NaN and whose file cannot be read back.
/// </summary>
internal static class FinishedNetwork
{
    /// <summary>Throws where a number of the network is not finite, and names the feature or the unit.</summary>
    /// <param name="context">The trainer.</param>
    /// <param name="network">The network.</param>
    /// <param name="features">The feature column.</param>
    public static void Check(IExceptionContext context, Network network, DataViewSchema.Column features)
    {
        if (network.FindNotFinite() is not { } found)
            return;
        string feature = found.Layer <= 1 && found.Input is int input && input < network.Inputs ? $", which is slot {input}{NameOf(features, input)} of " +
            $"column '{features.Name}'" : "";
        throw context.Except($"The training gave a network that cannot be used: {found}{feature}. " +
            $"Look for extreme values, keep {nameof(SimpleNnOptionsBase.NormalizeFeatures)} on, or bring features and labels to a usual size before " +
            $"the trainer.");
    }

    /// <summary>Has an output of which nothing is known, from these rows or from those of an earlier model, predicted as NaN.</summary>
    /// <param name="network">The network.</param>
    /// <param name="neverKnown">The outputs of which these rows say nothing.</param>
    /// <param name="earlier">The output stage of the network that it goes on from; null for none.</param>
    public static void MarkUnknown(Network network, int[] neverKnown, OutputStage? earlier)
    {
        int[] unknown = [.. neverKnown.Where(output => earlier is null || earlier.IsUnknown(output))];
        if (unknown.Length > 0)
            network.OutputStage = OutputStage.WithUnknown(network.OutputStage, network.Outputs, unknown);
    }

    private static string NameOf(DataViewSchema.Column features, int slot) =>
        SlotNames.Read(features) is { } names && names[slot].Length > 0 ? $" ('{names[slot]}')" : "";
}
