using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>In which direction the score may change as each feature grows.</summary>
internal static class FeatureDirections
{
    private const int NamesInMessages = 10;

    /// <summary>The direction of each slot of the feature column, 0 for those that are not named; null where none is.</summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="features">The feature column.</param>
    /// <param name="directions">The directions of features by the names of their slots.</param>
    public static int[]? Read(IExceptionContext context, DataViewSchema.Column features, IReadOnlyDictionary<string, int>? directions)
    {
        if (directions is not { Count: > 0 })
            return null;
        string[] slots = SlotNames.Read(features)
            ?? throw context.Except($"MonotoneFeatures names features, but feature column '{features.Name}' has no names of its slots: make it with " +
                $"mlContext.Transforms.Concatenate(\"{features.Name}\", ...) of columns of one number each, whose names the slots then have.");
        foreach (string name in directions.Keys)
        {
            if (!slots.Contains(name))
                throw context.Except($"MonotoneFeatures names the feature '{name}', but no slot of feature column '{features.Name}' has that name: it has " +
                    $"{Names(slots)}.");
        }

        return Array.ConvertAll(slots, slot => directions.GetValueOrDefault(slot));
    }

    private static string Names(string[] slots) =>
        string.Join(", ", slots.Take(NamesInMessages).Select(slot => $"'{slot}'")) + (slots.Length > NamesInMessages ? ", ..." : "");
}
