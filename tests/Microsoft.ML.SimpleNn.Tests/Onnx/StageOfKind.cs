namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>An input stage of one kind of features, with gains, and rows for it: some values lie outside what the stage was measured on, and some are NaN.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Columns">What the stage does to each feature.</param>
/// <param name="Values">Draws a value of each feature.</param>
/// <param name="Missing">How many values are NaN, 0 to 1.</param>
internal sealed record StageOfKind(string Name, InputColumn[] Columns, Func<Random, float>[] Values, double Missing)
{
    private static readonly StageOfKind[] Kinds =
    [
        Of("numbers", i => InputColumn.Of(ColumnKind.Number, 5 * i, 2, 30, bound: 4, hasMark: false), random => Normal(random) * 3 + 4),
        Of("numbers without bound", i => InputColumn.Of(ColumnKind.Number, 5 * i, 2, 30, bound: null, hasMark: false), random => Normal(random) * 3 + 4),
        Of("huge units", i => Huge(i) with { Bins = i == 0 ? InputBins.Of([2, 3], [1, 0.5f], [0.5f, 0.3f], [2, 2.2f]) : null }, random => (Normal(random) + 3) * 3e29f, missing: 0.1),
        Of("far from zero", i => InputColumn.Of(ColumnKind.Number, 1e6, 3, 2e6, bound: 4, hasMark: false), random => 1e6f + MathF.Round(Normal(random) * 3)),
        Of("pieces", i => Pieces(i, hasMark: false), random => Normal(random) * 2),
        Of("steps", i => Number(hasMark: false) with { Bins = InputBins.Of([0.5f, 2], [4, 1000], [0.5f, 0.3f], [2, 2.2f]) }, random => MathF.Round(Normal(random) * 8) / 4),
        Of("missing", i => Pieces(i, hasMark: i != 1), random => Normal(random) * 2, missing: 0.3),
        Of("indicators", i => InputColumn.Of(ColumnKind.Indicator, 0.3, 0.5, 1, bound: null, hasMark: i == 2), random => random.Next(2), missing: 0.1),
        Of("same range", i => InputColumn.Of(ColumnKind.SameRange, 20 * i, 80, 255, bound: null, hasMark: false), random => random.Next(256)),
        Of("weights", i => InputColumn.Of(ColumnKind.Weight, 0, 0.5, 3, bound: 8, hasMark: false), random => random.Next(3) == 0 ? random.NextSingle() * 3 : 0),
        Of("constants", i => i == 0 ? Number(hasMark: false) : InputColumn.Constant(7, hasMark: i == 2), random => 7 + random.Next(2), missing: 0.1),
    ];

    /// <summary>All kinds, and all of them side by side.</summary>
    public static StageOfKind[] All { get; } = [.. Kinds, Mixed];

    /// <summary>All kinds side by side, with values that are missing.</summary>
    public static StageOfKind Mixed => new("all kinds", [.. Kinds.SelectMany(kind => kind.Columns)], [.. Kinds.SelectMany(kind => kind.Values)], Missing: 0.05);

    /// <summary>The stage, with gains other than 1.</summary>
    public InputStage Create(Random random, bool acceptsMissing = true)
    {
        var stage = new InputStage(Columns, sparse: Columns.All(column => column.Kind == ColumnKind.Weight), inputsPerRow: Columns.Length, acceptsMissing);
        for (int input = 0; input < stage.Width; input++) stage.SetGain(input, 0.5f + random.NextSingle());
        return stage;
    }

    /// <summary>Rows [rows x features].</summary>
    public float[] Rows(int rows, Random random)
    {
        float[] values = new float[rows * Columns.Length];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextDouble() < Missing ? float.NaN : Values[i % Columns.Length](random);
        return values;
    }

    private static StageOfKind Of(string name, Func<int, InputColumn> column, Func<Random, float> value, double missing = 0) =>
        new(name, [column(0), column(1), column(2)], [value, value, value], missing);

    private static InputColumn Number(bool hasMark) => InputColumn.Of(ColumnKind.Number, 0, 1.5, 10, bound: 4, hasMark);

    /// <summary>Its unit is 2^-98, which brings the spread to 1 up to 2, and pieces are in that unit.</summary>
    private static InputColumn Huge(int feature) => InputColumn.Of(ColumnKind.Number, 1e30, 3e29, 4e30, bound: 4, hasMark: feature == 1);

    private static InputColumn Pieces(int feature, bool hasMark) =>
        Number(hasMark) with { Bins = feature == 2 ? null : InputBins.Of([-3, -1, 0, 0.5f], [0.5f, 1, 2, 0.4f], [0.9f, 0.7f, 0.5f, 0.2f], [3, 2.5f, 2, 3.5f]) };

    private static float Normal(Random random) => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}
