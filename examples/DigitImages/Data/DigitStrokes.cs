namespace DigitImages.Data;

/// <summary>How people write the digits 0 to 9: for each, some shapes as path data of SVG (M move, L line, C cubic curve).</summary>
internal static class DigitStrokes
{
    /// <summary>The box that the shapes fill, from (0, 0) at the top left.</summary>
    public const float Width = 10;

    /// <inheritdoc cref="Width"/>
    public const float Height = 14;

    public static readonly string[][] Shapes =
    [
        [
            "M5 0 C1 0 0 4 0 7 C0 11 2 14 5 14 C8 14 10 11 10 7 C10 3 8 0 5 0",
            "M6 0 C2 0 1 4 1 8 C1 12 3 14 5 14 C8 14 9 10 9 6 C9 2 7 0 4 0.5",
        ],
        [
            "M5 0 L5 14",
            "M2 3 L5 0 L5 14",
            "M2 3 L5 0 L5 14 M1.5 14 L8.5 14",
        ],
        [
            "M0.5 3 C1 -1 9 -1 9.3 3.5 C9.5 7 4 10 0.5 14 L10 14",
            "M1 3 C2 -1 9 -1 9 4 C9 9 4 14 1.5 13.5 C-0.5 12.5 2 10.5 5 12.5 C7 14 9 14 10 13",
        ],
        [
            "M1 1.5 C4 -1 9 0 9 3.3 C9 6 6 6.8 4 6.8 C7 6.8 10 8 10 10.5 C10 14.5 3 15 0.5 12.5",
            "M1 0 L9 0 L4.5 5.5 C8 5.5 10 7.5 10 10 C10 14.5 3 15 0.5 12.5",
        ],
        [
            "M2.5 0 L0.5 8.5 L10 8.5 M7.5 3 L7.5 14",
            "M7.5 14 L7.5 0 L0.5 9.5 L10 9.5",
        ],
        [
            "M9 0 L2 0 L1.2 6 C5 4.5 10 5.5 10 9.5 C10 14.5 3.5 15 0.5 12.5",
            "M1.8 0 L1.2 6 C5 4.5 9.5 5.5 9.5 9.5 C9.5 14.5 3.5 15 0.5 12.5 M1.8 0 L9.5 0.3",
        ],
        [
            "M8 0 C3 2 0.5 6 0.5 10 C0.5 15 9.5 15.5 9.5 10 C9.5 5.5 2.5 5.5 0.8 9.5",
            "M6 0 C2 3 1 7 1 10.5 C1 14.5 9 15 9 11 C9 7.5 4 7 1.2 10",
        ],
        [
            "M0.5 0 L9.5 0 L4 14",
            "M0.5 0 L9.5 0 L4 14 M2.5 7 L8.5 7",
            "M0.5 2 L0.8 0 L9.5 0 C7 4 5 9 4.5 14",
        ],
        [
            "M5 6.5 C1 5.5 0.5 0 5 0 C9.5 0 9 5.5 5 6.5 C-0.5 8 -0.5 14 5 14 C10.5 14 10.5 8 5 6.5",
            "M8.5 2 C6 -1.5 0.5 0 1.5 3.5 C2.5 7 10 7.5 9.5 11 C9 15 0.5 15 0.5 11 C0.5 7.5 8.5 6 8.5 2",
        ],
        [
            "M9.2 4.5 C8.5 9 0.8 9.5 0.8 4.5 C0.8 -1 9.5 -1.2 9.4 4.5 C9.4 8 8.5 11 6.5 14",
            "M9 3 C7 -1.5 0.5 -0.5 0.8 4 C1 9 8 8.5 9 3 L8.5 14",
        ],
    ];
}
