using System.Globalization;
using System.Text.Json.Nodes;
using DrawingLoad;

namespace Microsoft.ML.SimpleNn.Tests.Examples.Drawing;

/// <summary>The page of the example in a browser: strokes of mouse and finger, as a person would draw them.</summary>
[TestClass]
public sealed class DrawingPageTests
{
    private const string WhenAnswered = "new Promise(done => { const look = () => asking ? setTimeout(look, 2) : done(); look(); })";

    [TestMethod]
    public async Task Twenty_drawings_by_mouse_of_which_eighteen_are_recognized()
    {
        await using DrawingApp app = await DrawingApp.StartAsync();
        using Chromium browser = await Chromium.OpenAsync(app.Address);
        Hand hand = await Hand.OverAsync(browser);
        int right = 0;
        foreach ((int digit, float[][][] strokes) in ScriptedDrawings.All)
        {
            await browser.EvaluateAsync("document.getElementById('clear').click()");
            await hand.DrawByMouseAsync(strokes);
            if ((await AnswerAsync(browser)).StartsWith($"{digit} with ", StringComparison.Ordinal)) right++;
        }

        Assert.IsGreaterThanOrEqualTo(18, right);
    }

    [TestMethod]
    public async Task While_a_digit_is_drawn_the_probabilities_move_and_with_the_page_cleared_they_are_gone()
    {
        await using DrawingApp app = await DrawingApp.StartAsync();
        using Chromium browser = await Chromium.OpenAsync(app.Address);
        Hand hand = await Hand.OverAsync(browser);
        float[][] zero = ScriptedDrawings.All[0].Strokes[0];

        await hand.MoveMouseAsync("mousePressed", zero[0]);
        foreach (float[] point in zero[1..4]) await hand.MoveMouseAsync("mouseMoved", point);
        string[] early = await BarsAsync(browser);
        foreach (float[] point in zero[4..]) await hand.MoveMouseAsync("mouseMoved", point);
        await hand.MoveMouseAsync("mouseReleased", zero[^1]);
        string[] late = await BarsAsync(browser);

        Assert.HasCount(10, early);
        CollectionAssert.AreNotEqual(early, late);
        Assert.AreEqual(100, late.Sum(Percent), 0.5, "the ten are probabilities, shown with one digit after the point");
        Assert.AreEqual(late.Max(Percent), Percent(late[0]), "the drawing is a zero");
        foreach (string picture in new[] { "seen", "spoke" }) Assert.IsGreaterThan(50, await ColoredCellsAsync(browser, $"#{picture}"));
        Assert.IsGreaterThan(5, await ColoredCellsAsync(browser, "#layers canvas"));

        await browser.EvaluateAsync("document.getElementById('undo').click()");
        Assert.AreEqual("", await AnswerAsync(browser));
        Assert.IsTrue((await BarsAsync(browser)).All(bar => bar.Length == 0));
        Assert.AreEqual(0, await ColoredCellsAsync(browser, "#seen"));
    }

    [TestMethod]
    public async Task On_a_phone_in_the_dark_a_finger_draws_and_the_page_stays_where_it_is()
    {
        await using DrawingApp app = await DrawingApp.StartAsync();
        using Chromium browser = await Chromium.OpenAsync(app.Address, isPhone: true, isDark: true);
        (int digit, float[][][] strokes) = ScriptedDrawings.All[4];
        await (await Hand.OverAsync(browser)).DrawByFingerAsync(strokes);

        Assert.StartsWith($"{digit} with ", await AnswerAsync(browser));
        Assert.AreEqual(0, (int?)await browser.EvaluateAsync("scrollY"));
        Assert.AreEqual(390, (int?)await browser.EvaluateAsync("document.documentElement.scrollWidth"), "nothing stands out to the right");
        Assert.AreEqual("rgb(21, 24, 29)", (string?)await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));
    }

    [TestMethod]
    public async Task What_the_server_refuses_and_its_absence_are_said_on_the_page()
    {
        DrawingApp app = await DrawingApp.StartAsync();
        using Chromium browser = await Chromium.OpenAsync(app.Address);

        await browser.EvaluateAsync("strokes.push(Array.from({ length: 3000 }, (_, i) => [i % 1000, 500])); change();");
        Assert.StartsWith("The drawing is larger than 16,384 bytes", await ErrorAsync(browser));

        await app.DisposeAsync();
        await browser.EvaluateAsync("strokes.length = 0; strokes.push([[500, 500]]); change();");
        Assert.AreEqual("The server does not answer: is it still running?", await ErrorAsync(browser));
    }

    private static async Task<string> AnswerAsync(Chromium browser)
    {
        await browser.EvaluateAsync(WhenAnswered);
        return (string)(await browser.EvaluateAsync("document.getElementById('answer').textContent"))!;
    }

    private static async Task<string> ErrorAsync(Chromium browser)
    {
        await browser.EvaluateAsync(WhenAnswered);
        return (string)(await browser.EvaluateAsync("document.getElementById('error').textContent"))!;
    }

    private static async Task<string[]> BarsAsync(Chromium browser)
    {
        await browser.EvaluateAsync(WhenAnswered);
        JsonNode bars = (await browser.EvaluateAsync("shares.map(share => share.textContent)"))!;
        return [.. bars.AsArray().Select(bar => (string)bar!)];
    }

    private static async Task<int> ColoredCellsAsync(Chromium browser, string canvas) => (int)(await browser.EvaluateAsync(
        $"(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((value, i) => i % 4 === 3 && value > 0).length)"
        + $"(document.querySelector('{canvas}'))"))!;

    private static double Percent(string bar) => double.Parse(bar.TrimEnd('%', ' '), CultureInfo.InvariantCulture);
}
