using System.Reflection;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Runs a test method once for each <see cref="Activation"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryActivationAttribute : Attribute, ITestDataSource
{
    public IEnumerable<object?[]> GetData(MethodInfo methodInfo) => Enum.GetValues<Activation>().Select(activation => new object?[] { activation });

    public string? GetDisplayName(MethodInfo methodInfo, object?[]? data) => $"{methodInfo.Name} ({data![0]})";
}
