using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads the label column of one task as the numbers that its loss compares the network's outputs with.</summary>
internal abstract class TargetReader
{
    /// <summary>The label column.</summary>
    public abstract DataViewSchema.Column Column { get; }

    /// <summary>How many numbers are read for a row.</summary>
    public abstract int TargetsPerRow { get; }

    /// <summary>How many outputs the network must have.</summary>
    public abstract int Outputs { get; }

    /// <summary>Whether the one target of a row is the index of its class; held-out rows are then taken from each class alike.</summary>
    public virtual bool TargetsAreClasses => false;

    /// <summary>Whether the features themselves are the targets, so that none are read.</summary>
    public virtual bool TargetsAreFeatures => false;

    /// <summary>Prepares to read the rows that a cursor visits.</summary>
    public abstract void Bind(DataViewRow cursor);

    /// <summary>Reads the targets of the row where the cursor stands; false when its label is missing.</summary>
    /// <param name="targets">Takes the targets [targetsPerRow].</param>
    public abstract bool TryRead(Span<float> targets);

    /// <summary>After the training rows were read: throws when nothing can be learnt from their labels, warns where a part cannot.</summary>
    public virtual void CheckTrainingTargets(IExceptionContext context, IChannel channel)
    {
    }

    /// <summary>Throws when the labels of the validation data, which this reader reads, do not mean what those of the training data mean.</summary>
    public virtual void CheckSameTargets(IExceptionContext context, TargetReader training)
    {
    }
}
