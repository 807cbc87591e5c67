using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Multiplies the weight of each row by a factor of its class, from the options ClassWeights or BalanceClasses.</summary>
/// <param name="context">Where errors come from.</param>
/// <param name="factors">The factor of each class.</param>
internal sealed class ClassWeighting(IExceptionContext context, float[] factors)
{
    /// <summary>The factors that the options ask for; null when all classes count alike.</summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="options">The options; those of other tasks than classification have no classes.</param>
    /// <param name="targets">The reader of the training labels, after it has read them.</param>
    /// <param name="training">The training rows.</param>
    public static ClassWeighting? Create(IExceptionContext context, SimpleNnOptionsBase options, TargetReader targets, ExampleSource training)
    {
        if (options is not SimpleNnClassifierOptionsBase { } classifier)
            return null;
        if (classifier.BalanceClasses)
            return new ClassWeighting(context, Balanced(training.WeightOfClasses(targets.ClassNames.Length)));
        if (classifier.ClassWeights is not { Count: > 0 } weights)
            return null;
        var weighting = new ClassWeighting(context, ByName(context, weights, targets));
        weighting.CheckLeavesTwo(training.WeightOfClasses(targets.ClassNames.Length), targets);
        return weighting;
    }

    /// <summary>The rows with their new weights; those of weight 0 are left out.</summary>
    /// <param name="name">What the rows are, for messages: training data or validation data.</param>
    /// <param name="examples">The rows, whose targets are classes.</param>
    public ExampleSource Apply(string name, ExampleSource examples)
    {
        ExampleSource weighted = examples.WithClassFactors(factors);
        if (weighted.RowCount == 0)
            throw context.Except($"No row of the {name} can be used: {nameof(SimpleNnClassifierOptionsBase.ClassWeights)} gives all their classes the weight 0.");
        return weighted;
    }

    private static float[] ByName(IExceptionContext context, Dictionary<string, float> weights, TargetReader targets)
    {
        string[] names = targets.ClassNames;
        foreach (string name in weights.Keys)
            if (!names.Contains(name))
                throw context.Except($"{nameof(SimpleNnClassifierOptionsBase.ClassWeights)} names the class '{name}', which label column '{targets.Column.Name}' does not have: it has {targets.Describe(Enumerable.Range(0, names.Length))}.");
        return Array.ConvertAll(names, name => weights.GetValueOrDefault(name, 1));
    }

    /// <summary>n / (K n_c), and 1 for a class without rows.</summary>
    private static float[] Balanced(double[] weightOfClasses)
    {
        double each = weightOfClasses.Sum() / weightOfClasses.Count(weight => weight > 0);
        return Array.ConvertAll(weightOfClasses, weight => weight > 0 ? (float)(each / weight) : 1);
    }

    private void CheckLeavesTwo(double[] weightOfClasses, TargetReader targets)
    {
        int[] left = Enumerable.Range(0, factors.Length).Where(i => weightOfClasses[i] * factors[i] > 0).ToArray();
        if (left.Length < 2)
            throw context.Except($"{nameof(SimpleNnClassifierOptionsBase.ClassWeights)} leaves training rows of {(left.Length == 0 ? "no class" : $"one class only, {targets.Describe(left)}")}: " +
                "a classifier needs two classes or more with a weight above 0.");
    }
}
