using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests;

/// <summary>Runs every workload on every thread count against the peer.</summary>
internal static class SideBySide
{
    /// <summary>The runs after which the two sides' results are compared: of a training step, the loss after so many steps.</summary>
    private const int RunsBeforeCheck = 3;

    /// <summary>
    /// The most that the sides may differ, relative to the largest value: thousands of products, added in another order, and
    /// a training step rounds them again and again.
    /// </summary>
    private const double Tolerance = 1e-4;

    private static readonly Workload[] Workloads =
    [
        new ProductWorkload(Product.Forward, 128, 784, 1000),
        new ProductWorkload(Product.InputGradient, 128, 784, 1000),
        new ProductWorkload(Product.WeightGradient, 128, 784, 1000),
        new ProductWorkload(Product.Forward, 128, 1000, 1000),
        new ProductWorkload(Product.InputGradient, 128, 1000, 1000),
        new ProductWorkload(Product.WeightGradient, 128, 1000, 1000),
        new StepWorkload([784, 100, 10], 128),
        new StepWorkload([784, 1000, 1000, 10], 128),
    ];

    /// <summary>Measures, and writes the table.</summary>
    public static void Run(Arguments arguments, TextWriter output)
    {
        IPeer? peer = PeerLoader.TryLoad(out string? whyNot);
        output.WriteLine($"Machine: {Machine.Describe()}");
        output.WriteLine();
        output.WriteLine(peer != null ? $"Peer: {peer.Name}" : $"Without a peer. {whyNot}");
        output.WriteLine();

        var table = new ResultTable(output);
        table.WriteHead();
        foreach (int threads in arguments.Threads)
        {
            using var peak = new FmaPeak(threads);
            peer?.UseThreads(threads);
            foreach (Workload workload in Workloads)
            {
                if (!$"{workload.Name} {workload.Shape}".Contains(arguments.Only, StringComparison.OrdinalIgnoreCase)) continue;
                using Contestant ours = workload.CreateOurs(threads);
                using Contestant? theirs = peer == null ? null : workload.CreateTheirs(peer);
                if (theirs != null) CheckAgreement(workload, ours, theirs);
                Summary summary = new Comparison(peak, ours, theirs).Run(arguments.Rounds, arguments.Seconds);
                table.WriteRow(workload, threads, summary, peak.Best);
            }
        }
    }

    /// <summary>Two sides that do not compute the same thing have no business in one table.</summary>
    private static void CheckAgreement(Workload workload, Contestant ours, Contestant theirs)
    {
        for (int i = 0; i < RunsBeforeCheck; i++)
        {
            ours.Run();
            theirs.Run();
        }

        float[] expected = theirs.Result();
        float[] actual = ours.Result();
        double largest = expected.Max(value => (double)Math.Abs(value));
        double difference = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        if (expected.Length != actual.Length || !(difference <= Tolerance * largest))
            throw new InvalidOperationException($"{workload.Name}, {workload.Shape}: the results differ by {difference}, with values up to {largest}.");
    }
}
