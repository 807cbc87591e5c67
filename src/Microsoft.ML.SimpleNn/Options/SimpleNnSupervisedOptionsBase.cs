using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The options of the SimpleNn trainers that learn from labels.</summary>
public abstract class SimpleNnSupervisedOptionsBase : SimpleNnOptionsBase
{
    /// <summary>The column of the labels; the task says of which type.</summary>
    /// <value>Default: "Label".</value>
    public string LabelColumnName = DefaultColumnNames.Label;

    /// <inheritdoc/>
    internal override void Check()
    {
        Require(!string.IsNullOrWhiteSpace(LabelColumnName), nameof(LabelColumnName), LabelColumnName,
            "must name the column of the labels, for example \"Label\"");
        base.Check();
    }
}
