// Measures examples/DigitDrawing under load: 10,000 requests over 50 connections, again and again.
// usage: DrawingLoad [requests] [options of DigitDrawing, such as --mnist DIR]
using System.Globalization;
using System.Text.Json;
using DrawingLoad;

const int Connections = 50, Rounds = 5;
bool given = args.Length > 0 && int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
int requests = given ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;

using Server server = await Server.StartAsync(given ? args[1..] : args, Console.Out);
using Load load = await Load.PrepareAsync(server.Address, Connections);
int[] digits = [.. load.Answers.Select(answer => JsonDocument.Parse(answer[4..]).RootElement.GetProperty("digit").GetInt32())];
int right = digits.Zip(ScriptedDrawings.All).Count(pair => pair.First == pair.Second.Digit);
Console.WriteLine($"Drawings recognized: {right} of {digits.Length}; the answers are {string.Join(' ', digits)}");

int wrong = 0;
Console.WriteLine();
Console.WriteLine("| round | requests | wrong | requests a second | p50 ms | p99 ms | longest ms | memory MB |");
Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
for (int round = 1; round <= Rounds; round++)
{
    LoadResult result = await load.RunAsync(requests, Connections);
    wrong += result.Wrong;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {round} | {requests:N0} | {result.Wrong} | {requests / result.Elapsed.TotalSeconds:N0} |"
        + $" {result.Percentile(0.5):F1} | {result.Percentile(0.99):F1} | {result.Milliseconds[^1]:F1} | {server.Memory:F0} |"));
}
return wrong == 0 ? 0 : 1;
