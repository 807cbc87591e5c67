using Microsoft.ML.Data;

namespace DigitDrawing.Digits;

/// <summary>An image of a digit, and which one it is: a row of the data view.</summary>
internal sealed class DigitRow
{
    /// <summary>The ink of each pixel, row by row, from 0 to 1.</summary>
    [VectorType(Pen.Size * Pen.Size), ColumnName("Features")]
    public float[] Pixels { get; set; } = [];

    /// <summary>The digit, from 0.</summary>
    public uint Label { get; set; }
}
