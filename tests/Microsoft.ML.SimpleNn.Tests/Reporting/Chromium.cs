using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.SimpleNn.Tests.Examples;

namespace Microsoft.ML.SimpleNn.Tests.Reporting;

/// <summary>A headless Chromium, spoken to by its DevTools protocol through a WebSocket.</summary>
internal sealed class Chromium : IDisposable
{
    private const int LongestAnswer = 1 << 22;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly Process _process;
    private int _lastId;

    private Chromium(string program)
    {
        string[] arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--remote-debugging-port=0",
            $"--user-data-dir={_profile.Root}", "about:blank"];
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    /// <summary>What the pages have told since the start: errors, messages on the console, and requests for other than data within the page.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Starts a browser; without one the test is skipped.</summary>
    public static async Task<Chromium> Start()
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (program is null)
            Assert.Inconclusive("Skipped: needs Chromium, which Debian has in the package chromium.");
        var browser = new Chromium(program);
        await browser.Connect();
        return browser;
    }

    /// <summary>Opens a page.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="width">The width of the window in pixels.</param>
    /// <param name="isDark">Whether the reader's system is dark.</param>
    public async Task Open(string path, int width, bool isDark)
    {
        await Send("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await Send("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) });
        await Send("Page.navigate", new() { ["url"] = new Uri(path).AbsoluteUri });
        while (await Evaluate("document.readyState + location.protocol") != "completefile:")
            await Task.Delay(20, _deadline.Token);
    }

    /// <summary>What an expression gives on the page, as text.</summary>
    public async Task<string> Evaluate(string expression) =>
        (await Send("Runtime.evaluate", new() { ["expression"] = $"String({expression})" }))["result"]?["value"]?.GetValue<string>() ?? "";

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _socket.Dispose();
        _deadline.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A child of the browser that still writes keeps its folder, which lies among other temporary ones.
        }
    }

    private async Task Connect()
    {
        string? line;
        do
            line = await _process.StandardError.ReadLineAsync(_deadline.Token);
        while (line is not null && !line.Contains("ws://", StringComparison.Ordinal));
        var address = new Uri(line![line!.IndexOf("ws://", StringComparison.Ordinal)..]);
        using var client = new HttpClient();
        JsonNode tabs = JsonNode.Parse(await client.GetStringAsync($"http://127.0.0.1:{address.Port}/json", _deadline.Token))!;
        JsonNode tab = tabs.AsArray().First(tab => tab!["type"]!.GetValue<string>() == "page")!;
        await _socket.ConnectAsync(new Uri(tab["webSocketDebuggerUrl"]!.GetValue<string>()), _deadline.Token);
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
            await Send($"{domain}.enable", []);
    }

    private async Task<JsonNode> Send(string method, JsonObject parameters)
    {
        int id = ++_lastId;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _deadline.Token);
        while (true)
        {
            JsonNode answer = await Receive();
            if (answer["id"]?.GetValue<int>() == id)
                return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
            Note(answer["method"]?.GetValue<string>(), answer["params"]);
        }
    }

    private async Task<JsonNode> Receive()
    {
        byte[] buffer = new byte[LongestAnswer];
        int length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(length), _deadline.Token);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, length))!;
    }

    private void Note(string? method, JsonNode? parameters)
    {
        if (method is "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded")
            Events.Add($"{method}: {parameters?.ToJsonString()}");
        string? url = method == "Network.requestWillBeSent" ? parameters?["request"]?["url"]?.GetValue<string>() : null;
        if (url is not null && !url.StartsWith("data:", StringComparison.Ordinal))
            Events.Add(url);
    }
}
