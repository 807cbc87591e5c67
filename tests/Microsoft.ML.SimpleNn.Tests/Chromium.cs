using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.ML.SimpleNn.Tests.Examples;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A Chromium without a window, led through the DevTools protocol: commands as JSON over a web socket.</summary>
internal sealed class Chromium : IDisposable
{
    public const int PhoneWidth = 390, DeskWidth = 1280;
    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _patience = new();
    private readonly Process _process;
    private string? _session;
    private int _commands;

    private Chromium(string program)
    {
        string[] arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--remote-debugging-port=0",
            $"--user-data-dir={_profile.Root}", "about:blank"];
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
    }

    /// <summary>What the pages have told since the start: errors, messages on the console, and requests for other than data within the page.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Starts a browser with an empty page; where no Chromium is installed the test is skipped.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var browser = new Chromium(FindProgram());
        try
        {
            browser._patience.CancelAfter(Patience);
            await browser.ConnectAsync();
            JsonNode target = await browser.SendAsync("Target.createTarget", new { url = "about:blank" });
            browser._session = (string?)(await browser.SendAsync("Target.attachToTarget", new { targetId = (string?)target["targetId"], flatten = true }))["sessionId"];
            foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
                await browser.SendAsync($"{domain}.enable", new { });
            return browser;
        }
        catch
        {
            browser.Dispose();
            throw;
        }
    }

    /// <summary>Starts a browser with a page, as <see cref="GoToAsync"/> opens it.</summary>
    public static async Task<Chromium> OpenAsync(Uri address, bool isPhone = false, bool isDark = false)
    {
        Chromium browser = await StartAsync();
        await browser.GoToAsync(address, isPhone ? PhoneWidth : DeskWidth, isPhone, isDark);
        return browser;
    }

    /// <summary>Opens a page in place of the one that is there.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="width">The width of the window in pixels.</param>
    /// <param name="isPhone">Whether the window is that of a phone, which is touched.</param>
    /// <param name="isDark">Whether the reader's system is dark.</param>
    public async Task GoToAsync(Uri address, int width, bool isPhone = false, bool isDark = false)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new { width, height = 844, deviceScaleFactor = 1, mobile = isPhone });
        await SendAsync("Emulation.setTouchEmulationEnabled", new { enabled = isPhone });
        await SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = isDark ? "dark" : "light" } } });
        await SendAsync("Page.navigate", new { url = address.AbsoluteUri });
        while ((string?)await EvaluateAsync("location.href + document.readyState") != address.AbsoluteUri + "complete") await Task.Delay(10);
    }

    /// <summary>The value of an expression in the page; of a promise, what it brings.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode reply = await SendAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        return reply["exceptionDetails"] is { } error ? throw new InvalidOperationException(error.ToJsonString()) : reply["result"]?["value"];
    }

    /// <summary>A command of the protocol.</summary>
    /// <returns>Its result.</returns>
    public async Task<JsonNode> SendAsync(string method, object parameters)
    {
        int id = ++_commands;
        _patience.CancelAfter(Patience); // from now on: it is for one command
        byte[] command = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters, sessionId = _session }, WithoutNulls);
        await _socket.SendAsync(command, WebSocketMessageType.Text, true, _patience.Token);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            if ((int?)message["id"] == id)
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]?.ToJsonString()}");
            Note((string?)message["method"], message["params"]);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _patience.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A child of the browser that still writes keeps its folder, which lies among other temporary ones.
        }
    }

    private static string FindProgram()
    {
        var places = from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                     from name in new[] { "chromium", "chromium-browser", "google-chrome" }
                     select Path.Combine(folder, name);
        if (places.FirstOrDefault(File.Exists) is { } program) return program;
        throw new AssertInconclusiveException("Skipped: needs Chromium, which Debian has as the package chromium.");
    }

    private async Task ConnectAsync()
    {
        const string Announcement = "DevTools listening on ";
        while (await _process.StandardError.ReadLineAsync(_patience.Token) is { } line)
        {
            if (!line.StartsWith(Announcement, StringComparison.Ordinal)) continue;
            _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null); // what it says from now on is read, so that it never waits, and ignored
            await _socket.ConnectAsync(new Uri(line[Announcement.Length..]), _patience.Token);
            return;
        }
        throw new InvalidOperationException("Chromium has ended before it listened.");
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var message = new MemoryStream();
        byte[] part = new byte[1 << 16];
        ValueWebSocketReceiveResult result;
        do
        {
            result = await _socket.ReceiveAsync(part.AsMemory(), _patience.Token);
            message.Write(part, 0, result.Count);
        }
        while (!result.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }

    private void Note(string? method, JsonNode? parameters)
    {
        if (method is "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded")
            Events.Add($"{method}: {parameters?.ToJsonString()}");
        string? url = method == "Network.requestWillBeSent" ? (string?)parameters?["request"]?["url"] : null;
        if (url is not null && !url.StartsWith("data:", StringComparison.Ordinal))
            Events.Add(url);
    }
}
