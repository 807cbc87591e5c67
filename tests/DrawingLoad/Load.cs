using System.Collections.Concurrent;
using System.Diagnostics;

namespace DrawingLoad;

/// <summary>Sends the scripted drawings over many connections at once, and compares each answer with the one that the drawing got alone.</summary>
public sealed class Load : IDisposable
{
    private readonly HttpClient _client;
    private readonly (byte[] Body, string Answer)[] _drawings;

    private Load(HttpClient client, (byte[] Body, string Answer)[] drawings)
    {
        (_client, _drawings) = (client, drawings);
    }

    /// <summary>Asks for each drawing alone.</summary>
    /// <param name="address">The server.</param>
    /// <param name="connections">How many requests are under way at once, each on a connection of its own.</param>
    public static async Task<Load> PrepareAsync(Uri address, int connections)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = address };
        var drawings = new List<(byte[], string)>();
        foreach ((_, float[][][] strokes) in ScriptedDrawings.All)
        {
            byte[] body = ScriptedDrawings.ToBody(strokes);
            drawings.Add((body, await PostAsync(client, body)));
        }
        return new Load(client, [.. drawings]);
    }

    /// <summary>The answers to the drawings when each was alone.</summary>
    public IEnumerable<string> Answers => _drawings.Select(drawing => drawing.Answer);

    /// <summary>Sends requests, the drawings in turn.</summary>
    /// <param name="requests">How many.</param>
    /// <param name="connections">How many at once.</param>
    public async Task<LoadResult> RunAsync(int requests, int connections)
    {
        var times = new ConcurrentBag<double>();
        int next = 0, wrong = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            for (int i = Interlocked.Increment(ref next); i <= requests; i = Interlocked.Increment(ref next))
            {
                (byte[] body, string expected) = _drawings[i % _drawings.Length];
                long start = Stopwatch.GetTimestamp();
                string answer = await PostAsync(_client, body);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (answer != expected) Interlocked.Increment(ref wrong);
            }
        })));
        return new LoadResult(wrong, clock.Elapsed, [.. times.Order()]);
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose() => _client.Dispose();

    private static async Task<string> PostAsync(HttpClient client, byte[] body)
    {
        using HttpResponseMessage reply = await client.PostAsync(new Uri("digit", UriKind.Relative), new ByteArrayContent(body));
        return $"{(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync()}";
    }
}
