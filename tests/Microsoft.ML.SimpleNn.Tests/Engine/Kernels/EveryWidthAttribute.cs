using System.Reflection;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Runs a test method once for each <see cref="VectorWidth"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryWidthAttribute : Attribute, ITestDataSource
{
    public IEnumerable<object?[]> GetData(MethodInfo methodInfo) => Enum.GetValues<VectorWidth>().Select(width => new object?[] { width });

    public string? GetDisplayName(MethodInfo methodInfo, object?[]? data) => $"{methodInfo.Name} ({data![0]})";
}
