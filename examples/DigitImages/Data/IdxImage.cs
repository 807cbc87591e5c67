namespace DigitImages.Data;

/// <summary>An image of bytes, 0 (background) to 255 (ink), row by row, and its class: a row of the data view.</summary>
internal sealed class IdxImage
{
    public byte[] Pixels { get; set; } = [];

    public string Label { get; set; } = "";
}
