namespace Anomaly;

/// <summary>
/// Readings of a pump that this program makes up. Load and outside temperature decide what the sensors show; two readings in a hundred come
/// from a fault, in which one sensor no longer fits the others, though its value alone is nothing unusual.
/// </summary>
internal static class PumpReadings
{
    private static readonly string[] Names = ["speed 1/min", "current A", "flow l/s", "pressure bar", "vibration mm/s", "bearing °C", "motor °C", "outside °C"];

    /// <summary>How much a fault changes each sensor, against its usual range over all loads.</summary>
    private static readonly float[] Faults = [-300, 5, -7, -1.2f, 2, 15, 17, 12];

    public static Observations Make(int seed = 1)
    {
        var random = new Random(seed);
        return new(Names, Make(random, 4000), Make(random, 2000), Contamination: 0.02, Encoder: [32, 3]);
    }

    private static Observation[] Make(Random random, int rows) => [.. Enumerable.Range(0, rows).Select(_ =>
    {
        double load = random.NextDouble(), outside = 5 + (20 * random.NextDouble());
        double[] values = [1500 + (900 * load), 8 + (14 * load * load), 20 * load, 2 + (3 * Math.Sqrt(load)), 1 + (5 * load * load), outside + 10 + (30 * load), outside + 15 + (45 * load * load), outside];
        double[] noise = [10, 0.2, 0.3, 0.05, 0.1, 0.6, 0.7, 0.3];
        int fault = random.NextDouble() < 0.02 ? random.Next(Names.Length) : -1;
        return new Observation
        {
            IsAnomaly = fault < 0 ? 0 : 1,
            Features = [.. values.Select((value, i) => (float)(value + (noise[i] * ((2 * random.NextDouble()) - 1)) + (i == fault ? Faults[i] : 0)))],
        };
    })];
}
