using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Microsoft.ML.SimpleNn.Tests.Examples.Drawing;

/// <summary>One page of a Chromium without a window, led through the DevTools protocol: commands as JSON over a web socket.</summary>
internal sealed class Chromium : IDisposable
{
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
        string[] arguments =
            ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={_profile.Root}", "about:blank"];
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
    }

    /// <summary>Opens a page; where no Chromium is installed the test is skipped.</summary>
    public static async Task<Chromium> OpenAsync(Uri address, bool isPhone = false, bool isDark = false)
    {
        var browser = new Chromium(FindProgram());
        try
        {
            browser._patience.CancelAfter(Patience);
            await browser.ConnectAsync();
            await browser.EmulateAsync(isPhone, isDark);
            await browser.SendAsync("Page.navigate", new { url = address.AbsoluteUri });
            while ((string?)await browser.EvaluateAsync("location.href + document.readyState") != address.AbsoluteUri + "complete") await Task.Delay(10);
            return browser;
        }
        catch
        {
            browser.Dispose();
            throw;
        }
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
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _patience.Dispose();
        _profile.Dispose();
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

    private async Task EmulateAsync(bool isPhone, bool isDark)
    {
        JsonNode target = await SendAsync("Target.createTarget", new { url = "about:blank" });
        _session = (string?)(await SendAsync("Target.attachToTarget", new { targetId = (string?)target["targetId"], flatten = true }))["sessionId"];
        await SendAsync("Emulation.setDeviceMetricsOverride", new { width = isPhone ? 390 : 1280, height = 844, deviceScaleFactor = 1, mobile = isPhone });
        await SendAsync("Emulation.setTouchEmulationEnabled", new { enabled = isPhone });
        await SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = isDark ? "dark" : "light" } } });
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
}
