using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What ML.NET's transforms have written on the feature column about its slots.</summary>
internal static class FeatureHints
{
    /// <summary>Reads the annotations: which slots are those of one-hot encodings (as LightGBM reads them), and whether the values were normalized.</summary>
    public static ColumnHints Read(DataViewSchema.Column features)
    {
        VBuffer<int> ranges = default;
        bool isNormalized = false;
        if (features.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.CategoricalSlotRanges)
            is { Type: VectorDataViewType { ItemType: NumberDataViewType } })
            features.Annotations.GetValue(AnnotationUtils.Kinds.CategoricalSlotRanges, ref ranges);
        if (features.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.IsNormalized) is { Type: BooleanDataViewType })
            features.Annotations.GetValue(AnnotationUtils.Kinds.IsNormalized, ref isNormalized);
        return new ColumnHints(ranges.DenseValues().ToArray(), isNormalized);
    }
}
