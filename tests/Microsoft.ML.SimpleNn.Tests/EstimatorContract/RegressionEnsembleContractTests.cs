namespace Microsoft.ML.SimpleNn.Tests.EstimatorContract;

/// <summary>An ensemble keeps the same contract as a single network.</summary>
[TestClass]
public sealed class RegressionEnsembleContractTests : RegressionContractTests
{
    private protected override int EnsembleSize => 2;
}
