using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Tests.Interop;

/// <summary>
/// The guard against new versions of ML.NET: the library uses types that ML.NET may change without notice, so each of them
/// must be written down in the allow-list and must be found in the ML.NET on hand.
/// </summary>
[TestClass]
public sealed class MLNetReferencesTests
{
    private static readonly Assembly Library = typeof(EpochMetrics).Assembly;
    private static readonly MLNetAllowList AllowList = new();

    [TestMethod]
    public void Every_type_and_member_reference_resolves()
    {
        AssertNone(new MLNetReferences(Library).Unresolved, "references of the library lead nowhere in the ML.NET on hand");
    }

    [TestMethod]
    public void Every_type_loads()
    {
        // A new abstract member in an ML.NET base class or interface shows only when the type that lacks it is loaded.
        Type[] types = Library.GetTypes();

        Assert.Contains(typeof(EpochMetrics), types);
    }

    [TestMethod]
    public void Every_internal_type_in_use_is_in_the_allow_list()
    {
        AssertNone(
            EntriesInUse().Except(AllowList.Entries),
            "internal ML.NET types are used but not listed in MLNetInternals.txt");
    }

    [TestMethod]
    public void Every_entry_of_the_allow_list_is_in_use()
    {
        IEnumerable<string> unused = AllowList.Entries
            .Except(EntriesInUse())
            .Except(AllowList.EntriesLendingConstants());

        AssertNone(unused, "entries of MLNetInternals.txt are not used by the library; remove them");
    }

    [TestMethod]
    public void Access_checks_are_lifted_for_exactly_the_assemblies_in_the_allow_list()
    {
        IEnumerable<string> lifted = Library.GetCustomAttributes<IgnoresAccessChecksToAttribute>()
            .Select(attribute => attribute.AssemblyName);

        Assert.AreEqual(
            string.Join(", ", AllowList.Assemblies.Order(StringComparer.Ordinal)),
            string.Join(", ", lifted.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> EntriesInUse() =>
        new MLNetReferences(Library).NonPublicTypes.Select(MLNetAllowList.EntryFor);

    private static void AssertNone(IEnumerable<string> found, string what)
    {
        string[] sorted = [.. found.Order(StringComparer.Ordinal)];
        Assert.IsEmpty(sorted, $"{sorted.Length} {what}:{Environment.NewLine}{string.Join(Environment.NewLine, sorted)}");
    }
}
