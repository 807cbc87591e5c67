using System.Globalization;
using KilledTraining;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A process that is killed at any moment, and started again, ends with the weights of one that was not.</summary>
/// <remarks>
/// The environment variable SIMPLENN_KILLS sets how often each is killed; <c>dotnet run --project tests/KilledTraining -c Release</c> does it 30 times, and tells more.
/// </remarks>
[TestClass]
public sealed class KilledTrainingTests
{
    public static IEnumerable<object[]> Kinds => Trainings.Kinds.Select(kind => new object[] { kind });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Killed_and_started_again_a_training_ends_with_the_same_weights(string kind)
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("SIMPLENN_KILLS") ?? "2", CultureInfo.InvariantCulture);

        KillReport report = Killer.Run(kind, kills, seed: kind.Length);

        Assert.AreEqual(kills, report.Kills);
        Assert.IsTrue(report.AllEqual, report.ToString());
    }
}
