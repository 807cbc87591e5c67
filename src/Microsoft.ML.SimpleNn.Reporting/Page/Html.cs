using System.Globalization;
using System.Net;
using System.Text;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Builds HTML. All text is encoded: names of columns and classes come from the data, and may be anything.</summary>
internal sealed class Html
{
    /// <summary>The ground of a cell at its strongest, through which letters are still read.</summary>
    private const double Opacity = 0.55;
    private readonly StringBuilder _text = new();

    /// <summary>Text as it is, without markup of its own.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    public override string ToString() => _text.ToString();

    /// <summary>Adds markup.</summary>
    public Html Markup(string html)
    {
        _text.Append(html);
        return this;
    }

    /// <summary>Adds an element that has text.</summary>
    public Html Element(string tag, string text, string? cssClass = null) =>
        Markup(cssClass is null ? $"<{tag}>" : $"<{tag} class=\"{cssClass}\">").Markup(Encode(text)).Markup($"</{tag}>\n");

    /// <summary>Adds a paragraph.</summary>
    public Html Paragraph(string text) => Element("p", text);

    /// <summary>Adds a remark.</summary>
    public Html Remark(string text) => Element("p", text, "quiet");

    /// <summary>Adds numbers that are to be seen first, each with its name.</summary>
    public Html Tiles(IEnumerable<(string Name, string Value)> tiles)
    {
        Markup("<ul class=\"tiles\">");
        foreach ((string name, string value) in tiles)
            Markup("<li>").Element("b", value).Element("span", name).Markup("</li>\n");
        return Markup("</ul>\n");
    }

    /// <summary>Adds charts beside each other.</summary>
    public Html Figures(IEnumerable<Figure> figures)
    {
        Markup("<div class=\"figures\">\n");
        foreach (Figure figure in figures)
            Figure(figure);
        return Markup("</div>\n");
    }

    /// <summary>Adds a chart.</summary>
    public Html Figure(Figure figure)
    {
        Markup(figure.KeepsSize ? "<figure class=\"drawing\" tabindex=\"0\">" : "<figure>").Markup("<figcaption>").Element("b", figure.Title);
        Element("p", figure.Description).Markup("</figcaption>");
        // After the title, so that the attributes of the drawing are those of an image with words.
        Markup(figure.Svg.Replace("<svg ", $"<svg role=\"img\" aria-label=\"{Encode($"{figure.Title}. {figure.Description}")}\" ", StringComparison.Ordinal));
        if (figure.Legend.Count > 0)
            Legend(figure.Legend);
        if (figure.Numbers is { } numbers)
            Folded("Numbers", numbers);
        return Markup("</figure>\n");
    }

    /// <summary>Adds a table, which is scrolled where the page is narrower.</summary>
    public Html Table(Table table)
    {
        // The caption stands before the table, not in it: on a phone it would be scrolled away with the table.
        Markup("<div>").Element("p", table.Caption, "caption")
            .Markup($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Encode(table.Caption)}\">")
            .Markup(table.IsMatrix ? "<table class=\"matrix\"><thead><tr>" : "<table><thead><tr>");
        for (int i = 0; i < table.Heads.Length; i++)
            Markup($"<th scope=\"col\"{(table.Rows.Count > 0 && table.Rows[0][i].IsNumber ? " class=\"number\"" : "")}>{Encode(table.Heads[i])}</th>");
        Markup("</tr></thead><tbody>\n");
        foreach (Cell[] row in table.Rows)
        {
            Markup("<tr>");
            for (int i = 0; i < row.Length; i++)
                if (i == 0 && table.IsMatrix)
                    Markup($"<th scope=\"row\">{Encode(row[i].Text)}</th>");
                else
                    Cell(row[i]);
            Markup("</tr>\n");
        }
        return Markup("</tbody></table></div></div>\n");
    }

    /// <summary>Adds tables beside each other, where there is room.</summary>
    public Html Tables(params ReadOnlySpan<Table> tables)
    {
        Markup("<div class=\"beside\">\n");
        foreach (Table table in tables)
            Table(table);
        return Markup("</div>\n");
    }

    /// <summary>Adds a table that is seen when it is asked for.</summary>
    public Html Folded(string summary, Table table) => Markup($"<details><summary>{Encode(summary)}</summary>").Table(table).Markup("</details>\n");

    private void Cell(Cell cell)
    {
        if (cell.Bar is double length)
            Markup(string.Create(CultureInfo.InvariantCulture, $"<td class=\"bar\"><i style=\"width:{length * 100:0.#}%\"></i></td>"));
        else if (cell.Picture is string address)
            Markup($"<td><img src=\"{Encode(address)}\" alt=\"{Encode(cell.Text)}\"></td>");
        else if (cell.Heat is (double strength, bool isWrong))
            Markup(string.Create(CultureInfo.InvariantCulture,
                $"<td class=\"number\" style=\"background:rgb(var({(isWrong ? "--wrong" : "--heat")}) / {strength * Opacity:0.00})\">"))
                .Markup($"{Encode(cell.Text)}</td>");
        else
            Markup($"<td{(cell.IsNumber ? " class=\"number\"" : "")}>{Encode(cell.Text)}</td>");
    }

    private void Legend(IEnumerable<(string Name, string Color)> legend)
    {
        Markup("<ul class=\"legend\">");
        foreach ((string name, string color) in legend)
            Markup($"<li><i style=\"background:{color}\"></i>{Encode(name)}</li>");
        Markup("</ul>");
    }
}
