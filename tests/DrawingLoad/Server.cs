using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace DrawingLoad;

/// <summary>The server of examples/DigitDrawing as a process of its own, on a port that is free.</summary>
internal sealed partial class Server : IDisposable
{
    private readonly Process _process;

    private Server(Process process, Uri address)
    {
        (_process, Address) = (process, address);
    }

    public Uri Address { get; }

    /// <summary>The memory of the process that lies in the machine's memory, in MB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>The time of processors that the process has taken.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>Starts the server, and shows what it says until it listens.</summary>
    public static async Task<Server> StartAsync(string[] args, TextWriter output)
    {
        string program = typeof(Server).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "DigitDrawing").Value!;
        Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. args, "--port", "0"]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.WriteLine(line);
            if (AddressPattern().Match(line) is { Success: true } address)
                return new Server(process, new Uri(address.Value));
        }
        throw new InvalidOperationException("The server has ended before it listened; what it said is above.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex AddressPattern();
}
