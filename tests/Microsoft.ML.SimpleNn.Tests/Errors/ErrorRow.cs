using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>A row with a column of each type that people give a trainer, right or wrong. All of them follow from the features, so that each remedy has something to learn.</summary>
public sealed class ErrorRow
{
    private static readonly string[] Colours = ["red", "green", "blue"];

    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public float Number { get; set; }

    public double Real { get; set; }

    public int Whole { get; set; }

    public byte Small { get; set; }

    public float Sign { get; set; }

    public float OneOrTwo { get; set; }

    public bool Flag { get; set; }

    public string Colour { get; set; } = "";

    public string YesNo { get; set; } = "";

    public string Written { get; set; } = "";

    public DateTime Moment { get; set; }

    [KeyType(3)]
    public uint Key { get; set; }

    [KeyType(3)]
    public ushort SmallKey { get; set; }

    [VectorType(3)]
    public bool[]? Flags { get; set; }

    [VectorType(3)]
    public double[] Reals { get; set; } = [];

    [VectorType(3)]
    public float[]? OneHot { get; set; }

    [VectorType(2)]
    public string[] Words { get; set; } = [];

    public float[] Loose { get; set; } = [];

    [VectorType(4)]
    public VBuffer<float> Sparse { get; set; }

    [ImageType(4, 4)]
    public MLImage Image { get; set; } = null!;

    public float Weight { get; set; } = 1;

    /// <summary>Rows of three kinds in turn.</summary>
    /// <param name="change">What is wrong with them.</param>
    public static ErrorRow[] Rows(Action<ErrorRow[]>? change = null)
    {
        var random = new Random(1);
        ErrorRow[] rows = [.. Enumerable.Range(0, 60).Select(i => Row(i % 3, random))];
        change?.Invoke(rows);
        return rows;
    }

    private static ErrorRow Row(int kind, Random random)
    {
        float[] oneHot = [kind == 0 ? 1 : 0, kind == 1 ? 1 : 0, kind == 2 ? 1 : 0];
        return new ErrorRow
        {
            Features = [.. oneHot.Select(one => one + 0.1f * random.NextSingle())],
            Number = 10 * kind,
            Real = 10 * kind,
            Whole = kind == 2 ? 1 : 0,
            Small = (byte)(kind == 2 ? 1 : 0),
            Sign = kind == 2 ? 1 : -1,
            OneOrTwo = kind == 2 ? 2 : 1,
            Flag = kind == 2,
            Colour = Colours[kind],
            YesNo = kind == 2 ? "yes" : "no",
            Written = kind == 0 ? "0.5" : kind == 1 ? "1.5" : "2.5",
            Moment = new DateTime(2026, 1 + kind, 1),
            Key = (uint)kind,
            SmallKey = (ushort)kind,
            Flags = [.. oneHot.Select(one => one == 1)],
            Reals = [.. oneHot.Select(one => (double)one)],
            OneHot = oneHot,
            Words = [Colours[kind], "fast"],
            Loose = oneHot,
            Sparse = new VBuffer<float>(4, 1, [1], [kind]),
            Image = MLImage.CreateFromPixels(4, 4, MLPixelFormat.Rgba32, [.. Enumerable.Range(0, 64).Select(i => (byte)(kind * 80 + i))]),
        };
    }
}
