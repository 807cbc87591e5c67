using System.Numerics;
using System.Text.Json;
using DigitDrawing.Digits;

namespace DigitDrawing.Server;

/// <summary>What the page sends: the strokes, each a list of points [x, y], from 0 at the left and at the top to <see cref="PageSize"/>.</summary>
internal sealed record Drawing(float[]?[]?[]? Strokes)
{
    public const float PageSize = 1000;

    private const float SmallestExtent = PageSize / 10;
    private const string Form = """{"strokes": [[[x, y], [x, y]], [[x, y]]]}""";

    /// <summary>Reads a body.</summary>
    /// <exception cref="DrawingException">It is no drawing; the message says what is wrong where, and counts from 1.</exception>
    public static async Task<Drawing> ReadAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<Drawing>(body, JsonSerializerOptions.Web, cancellation)
                ?? throw new DrawingException($"The body is null: send {Form}.");
        }
        catch (JsonException e)
        {
            (long line, long place) = (e.LineNumber + 1 ?? 1, e.BytePositionInLine + 1 ?? 1);
            throw new DrawingException($"The body is not JSON of the form {Form}: the mistake is in line {line}, at byte {place}.");
        }
    }

    /// <summary>Checks the points and draws them.</summary>
    /// <returns>The ink of each pixel [784], row by row, from 0 to 1.</returns>
    /// <exception cref="DrawingException">There is no stroke, a point is no pair, or one is outside the page.</exception>
    public float[] ToImage()
    {
        if (Strokes is not { Length: > 0 })
            throw new DrawingException($"There is no stroke: send at least one, as {Form}.");
        return DigitImage.Draw([.. Strokes.Select(ToPoints)], SmallestExtent);
    }

    private static Vector2[] ToPoints(float[]?[]? stroke, int index) => stroke is { Length: > 0 }
        ? [.. stroke.Select((point, place) => ToPoint(point, index + 1, place + 1))]
        : throw new DrawingException($"Stroke {index + 1} has no points: give it one for a dot, or leave it out.");

    private static Vector2 ToPoint(float[]? point, int stroke, int place) => point switch
    {
        [>= 0 and <= PageSize, >= 0 and <= PageSize] => new Vector2(point[0], point[1]),
        [var x, var y] => throw new DrawingException($"Point {place} of stroke {stroke} is [{x}, {y}], outside the page: x and y are from 0 to {PageSize}."),
        _ => throw new DrawingException($"Point {place} of stroke {stroke} has {point?.Length ?? 0} numbers: give two, [x, y]."),
    };
}
