namespace Microsoft.ML.SimpleNn;

/// <summary>An optimizer that needs loss and gradient of all rows, at several points, for a step.</summary>
internal interface IFullBatchMethod
{
    /// <summary>Begins to look for the smallest loss.</summary>
    /// <param name="objective">The loss as a function of the parameters.</param>
    /// <param name="start">The parameters to begin with.</param>
    LbfgsSearch Search(IObjective objective, double[] start);
}
