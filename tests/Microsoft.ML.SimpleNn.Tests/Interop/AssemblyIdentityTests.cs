namespace Microsoft.ML.SimpleNn.Tests.Interop;

/// <summary>Every saved model names the assembly in full, and ML.NET loads the assembly by that name.</summary>
[TestClass]
public sealed class AssemblyIdentityTests
{
    [TestMethod]
    public void The_full_name_that_saved_models_carry_never_changes()
    {
        Assert.AreEqual(
            "Microsoft.ML.SimpleNn, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null",
            typeof(EpochMetrics).Assembly.FullName);
    }
}
