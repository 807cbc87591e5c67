using Microsoft.ML.SimpleNn.Tests.Examples;

namespace Microsoft.ML.SimpleNn.Tests.Reporting;

/// <summary>The pages in a browser.</summary>
[TestClass]
public sealed class ChromiumTests
{
    private const int Phone = 400;

    [TestMethod]
    public async Task Pages_ask_for_nothing_tell_no_error_and_fit_a_phone()
    {
        using var folder = new TemporaryFolder();
        using Chromium browser = await Chromium.StartAsync();
        List<string> opened = [];
        foreach ((string task, string page) in ReportedTasks.Pages)
        {
            string path = folder[$"{task.Replace(' ', '-')}.html"];
            File.WriteAllText(path, page);
            opened.Add(new Uri(path).AbsoluteUri);
            await browser.GoToAsync(new Uri(path), Phone);

            var width = (int)(await browser.EvaluateAsync("document.documentElement.scrollWidth"))!;
            Assert.IsLessThanOrEqualTo(Phone, width, $"{task} is wider than a phone");
        }

        CollectionAssert.AreEqual(opened, browser.Events, string.Join('\n', browser.Events));
    }

    [TestMethod]
    public async Task A_page_is_light_or_dark_as_its_reader_wants()
    {
        using var folder = new TemporaryFolder();
        using Chromium browser = await Chromium.StartAsync();
        File.WriteAllText(folder["report.html"], ReportedTasks.Pages["true or false"]);

        await browser.GoToAsync(new Uri(folder["report.html"]), Chromium.DeskWidth, isDark: true);
        var dark = (string?)await browser.EvaluateAsync(Colors);
        await browser.GoToAsync(new Uri(folder["report.html"]), Chromium.DeskWidth, isDark: false);
        var light = (string?)await browser.EvaluateAsync(Colors);

        Assert.AreEqual("rgb(20, 22, 26) rgb(114, 178, 246)", dark);
        Assert.AreEqual("rgb(255, 255, 255) rgb(31, 102, 181)", light);
    }

    /// <summary>The ground of the page, and the first curve that is drawn in the colour of the first series.</summary>
    private const string Colors =
        "getComputedStyle(document.body).backgroundColor + ' ' + getComputedStyle(document.querySelector('figure svg polyline[style*=\"--s1\"]')).stroke";
}
