namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The frame of a page: its head, its sections and the links to them. It has no script, and may load nothing.</summary>
/// <param name="title">The title.</param>
/// <param name="subtitle">What stands below it.</param>
internal sealed class ReportPage(string title, string subtitle)
{
    private static readonly Lazy<string> Style = new(ReadStyle);
    private readonly List<(string Title, string Html)> _sections = [];

    /// <summary>After how many seconds the page is loaded again; null for never.</summary>
    public int? ReloadEvery { get; init; }

    /// <summary>Adds a section.</summary>
    /// <param name="sectionTitle">Its title.</param>
    /// <param name="write">Writes what is in it.</param>
    public void Add(string sectionTitle, Action<Html> write)
    {
        var html = new Html();
        write(html);
        _sections.Add((sectionTitle, html.ToString()));
    }

    public override string ToString()
    {
        Html html = new Html().Markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
            .Markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n")
            .Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\n")
            // Without an icon of its own a page asks its server for one.
            .Markup("<link rel=\"icon\" href=\"data:,\">\n");
        if (ReloadEvery is int seconds)
            html.Markup($"<meta http-equiv=\"refresh\" content=\"{seconds}\">\n");
        html.Element("title", title).Markup($"<style>\n{Style.Value}</style></head><body>\n<header>").Element("h1", title).Element("p", subtitle, "quiet");
        html.Markup("<nav aria-label=\"Sections\">");
        for (int i = 0; i < _sections.Count; i++)
            html.Markup($"<a href=\"#s{i}\">{Html.Encode(_sections[i].Title)}</a>");
        html.Markup("</nav></header>\n<main>\n");
        for (int i = 0; i < _sections.Count; i++)
            html.Markup($"<section id=\"s{i}\">").Element("h2", _sections[i].Title).Markup(_sections[i].Html).Markup("</section>\n");
        return html.Markup("</main></body></html>\n").ToString();
    }

    private static string ReadStyle()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
