using System.Text.Json.Nodes;

namespace Microsoft.ML.SimpleNn.Tests.Examples.Drawing;

/// <summary>Draws on the page's canvas, by mouse or by finger, in the canvas's own unit from 0 to 1000.</summary>
internal sealed class Hand
{
    private readonly Chromium _browser;
    private readonly double _left, _top, _unit;

    private Hand(Chromium browser, JsonNode box)
    {
        (_browser, _left, _top, _unit) = (browser, (double)box["left"]!, (double)box["top"]!, (double)box["width"]! / 1000);
    }

    public static async Task<Hand> OverAsync(Chromium browser) =>
        new(browser, JsonNode.Parse((string)(await browser.EvaluateAsync("JSON.stringify(page.getBoundingClientRect())"))!)!);

    public async Task DrawByMouseAsync(float[][][] strokes)
    {
        foreach (float[][] stroke in strokes)
        {
            await MoveMouseAsync("mousePressed", stroke[0]);
            foreach (float[] point in stroke[1..]) await MoveMouseAsync("mouseMoved", point);
            await MoveMouseAsync("mouseReleased", stroke[^1]);
        }
    }

    public async Task DrawByFingerAsync(float[][][] strokes)
    {
        foreach (float[][] stroke in strokes)
        {
            await TouchAsync("touchStart", stroke[0]);
            foreach (float[] point in stroke[1..]) await TouchAsync("touchMove", point);
            await TouchAsync("touchEnd");
        }
    }

    public Task<JsonNode> MoveMouseAsync(string type, float[] point) =>
        _browser.SendAsync("Input.dispatchMouseEvent", new { type, x = X(point), y = Y(point), button = "left", buttons = 1, clickCount = 1 });

    private Task<JsonNode> TouchAsync(string type, params float[][] points) =>
        _browser.SendAsync("Input.dispatchTouchEvent", new { type, touchPoints = points.Select(point => new { x = X(point), y = Y(point) }) });

    private double X(float[] point) => _left + _unit * point[0];

    private double Y(float[] point) => _top + _unit * point[1];
}
