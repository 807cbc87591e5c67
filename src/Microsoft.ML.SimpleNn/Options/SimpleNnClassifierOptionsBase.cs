namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The options of the SimpleNn trainers that tell classes apart.</summary>
public abstract class SimpleNnClassifierOptionsBase : SimpleNnSupervisedOptionsBase
{
    /// <summary>How much the rows of a class count, by the name of the class: <c>new() { ["virginica"] = 3 }</c>.</summary>
    /// <remarks>
    /// The weight of each of its rows, of training and validation alike, is multiplied by that number, so that 2 is as if its rows were given twice, and 0 as
    /// if they were absent. Classes
    /// that are not named count 1. The name is the value that <c>MapValueToKey</c> mapped, as text; for a key without values its number,
    /// counted from 1; for a Boolean label "true" or "false".
    /// </remarks>
    /// <value>Range: a finite number, 0 or more, of each class, and above 0 of two classes or more. Default: null, all classes count 1.</value>
    public Dictionary<string, float>? ClassWeights;

    /// <summary>Whether each class counts as much as any other, however few rows it has.</summary>
    /// <remarks>
    /// The rows of class c weigh n / (K n_c), where n is the number of training rows, n_c of those in the class, and K the number of classes that have any (G.
    /// King, L. Zeng 2001, Logistic
    /// Regression in Rare Events Data); example weights count in n and n_c. The probabilities are then those of data in which all classes are as frequent. Not
    /// to be combined with
    /// <see cref="ClassWeights"/>.
    /// </remarks>
    /// <value>Default: false.</value>
    public bool BalanceClasses;

    /// <inheritdoc/>
    internal override SimpleNnOptionsBase Copy()
    {
        var copy = (SimpleNnClassifierOptionsBase)base.Copy();
        copy.ClassWeights = ClassWeights is null ? null : new Dictionary<string, float>(ClassWeights);
        return copy;
    }

    /// <inheritdoc/>
    internal override void Check()
    {
        base.Check();
        foreach ((string name, float weight) in ClassWeights ?? [])
            Require(TrainerConstraints.ClassWeightOf(name), weight);
        Require(!BalanceClasses || ClassWeights is null, nameof(BalanceClasses), "true", $"must be false where {nameof(ClassWeights)} are given; use " +
            $"one of the two");
    }
}
