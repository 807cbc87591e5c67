using System.Diagnostics;

namespace KilledTraining;

/// <summary>Starts a training in a process of its own, kills it, starts it again, until it has been killed often enough and has come to its end.</summary>
public static class Killer
{
    private const int LongestLife = 250, LongestFromStart = 800; // milliseconds, from the first epoch on, or from the start of the process
    private const int OneInFour = 4;
    private const int Killed = 128 + 9, KilledOnWindows = -1;

    /// <summary>Kills a training.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="kills">How often. A training that ends before is checked and begun again.</param>
    /// <param name="seed">Decides the moments.</param>
    public static KillReport Run(string kind, int kills, int seed)
    {
        string folder = Directory.CreateTempSubdirectory("simplenn-killed-").FullName;
        try
        {
            return Run(kind, kills, new Random(seed), folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static KillReport Run(string kind, int kills, Random random, string folder)
    {
        string whole = Live(kind, Path.Combine(folder, "whole"), life: null)!;
        int killed = 0, writing = 0, ends = 0, equal = 0;
        for (int training = 0; killed < kills; training++)
        {
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"{training}")).FullName, "checkpoint");
            string? hash;
            while ((hash = Live(kind, path, killed < kills ? Draw(random) : null)) == null)
            {
                killed++;
                int files = Directory.GetFiles(Path.GetDirectoryName(path)!).Length;
                if (files > 2 || (files > 0 && !File.Exists(path)))
                    writing++;
            }
            ends++;
            if (hash == whole)
                equal++;
        }
        return new KillReport(killed, writing, ends, equal);
    }

    /// <summary>Most processes live until they have trained for a while; some die at any moment, be it before the checkpoint is read.</summary>
    private static (int Milliseconds, bool FromStart)? Draw(Random random) =>
        random.Next(OneInFour) == 0 ? (random.Next(LongestFromStart), true) : (random.Next(LongestLife), false);

    /// <summary>One process; null where it was killed, else the hash.</summary>
    private static string? Live(string kind, string path, (int Milliseconds, bool FromStart)? life)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Killer).Assembly.Location, "train", kind, path]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        if (life is { FromStart: true })
            Kill(process, life.Value.Milliseconds);
        string? last = null;
        for (string? line = process.StandardOutput.ReadLine(); line != null; line = process.StandardOutput.ReadLine())
        {
            if (last == null && life is { FromStart: false })
                Kill(process, life.Value.Milliseconds);
            last = line;
        }
        process.WaitForExit();
        bool wasKilled = life != null && process.ExitCode is Killed or KilledOnWindows;
        if (wasKilled)
            return null;
        return process.ExitCode == 0 ? last : throw new InvalidOperationException($"The training '{kind}' ended by itself, with {process.ExitCode}.");
    }

    private static void Kill(Process process, int milliseconds)
    {
        Thread.Sleep(milliseconds);
        process.Kill(); // SIGKILL, where there are signals
    }
}
