namespace DigitImages.Data;

/// <summary>An image file and its class: a row of the data view that the pipeline reads.</summary>
internal sealed class ImageFile
{
    public string Path { get; set; } = "";

    public string Label { get; set; } = "";
}
