using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads the label column of one task as the numbers that its loss compares the network's outputs with.</summary>
internal abstract class TargetReader
{
    private const int NamesInMessages = 10;

    /// <summary>The label column.</summary>
    public abstract DataViewSchema.Column Column { get; }

    /// <summary>How many numbers are read for a row.</summary>
    public abstract int TargetsPerRow { get; }

    /// <summary>How many outputs the network must have.</summary>
    public abstract int Outputs { get; }

    /// <summary>Whether the one target of a row is the index of its class; held-out rows are then taken from each class alike.</summary>
    public virtual bool TargetsAreClasses => false;

    /// <summary>The names of the classes, in the order of their indices; empty where the targets are not classes.</summary>
    public virtual string[] ClassNames => [];

    /// <summary>The names by which the outputs of a model are told apart from those of another; null where there are none.</summary>
    public virtual string[]? OutputNames => null;

    /// <summary>After the training rows were read: the outputs of which no row says anything.</summary>
    public virtual int[] NeverKnown => [];

    /// <summary>After the training rows were read: the network's output for every row, where their labels leave nothing to learn; else null.</summary>
    public virtual float? ConstantOutput => null;

    /// <summary>Whether the features themselves are the targets, so that none are read.</summary>
    public virtual bool TargetsAreFeatures => false;

    /// <summary>Prepares to read the rows that a cursor visits.</summary>
    /// <param name="data">What the rows are, for messages: training data or validation data.</param>
    /// <param name="cursor">The cursor.</param>
    public abstract void Bind(string data, DataViewRow cursor);

    /// <summary>Reads the targets of the row where the cursor stands; false when its label is missing.</summary>
    /// <param name="row">The number of the row, for messages.</param>
    /// <param name="targets">Takes the targets [targetsPerRow].</param>
    public abstract bool TryRead(long row, Span<float> targets);

    /// <summary>The names of some classes, for messages.</summary>
    public string Describe(IEnumerable<int> classes)
    {
        string[] names = ClassNames;
        int[] all = classes.ToArray();
        string list = string.Join(", ", all.Take(NamesInMessages).Select(i => $"'{names[i]}'"));
        return all.Length > NamesInMessages ? $"{list} and {all.Length - NamesInMessages} more" : list;
    }

    /// <summary>After the training rows were read: throws when nothing can be learnt from their labels, warns where a part cannot.</summary>
    public virtual void CheckTrainingTargets(IExceptionContext context, IChannel channel)
    {
    }

    /// <summary>Throws when the labels of the validation data, which this reader reads, do not mean what those of the training data mean.</summary>
    public virtual void CheckSameTargets(IExceptionContext context, TargetReader training)
    {
    }
}
