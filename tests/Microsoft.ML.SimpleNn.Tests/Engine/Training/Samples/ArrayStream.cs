namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Rows in arrays that are read as if they were a file.</summary>
internal sealed class ArrayStream(float[] features, int featureCount, float[]? targets, float[]? weights = null) : IExampleStream
{
    public int FeatureCount => featureCount;

    public int TargetsPerRow { get; } = targets == null ? 0 : targets.Length / (features.Length / featureCount);

    /// <summary>How often the rows were read.</summary>
    public int Openings { get; private set; }

    /// <summary>Called before a row is read, with the number of the reading, from 1, and of the row, from 0.</summary>
    public Action<int, long> BeforeRow { get; init; } = (_, _) => { };

    /// <summary>Whether to give only the features that are not zero.</summary>
    public bool Sparse { get; init; }

    /// <summary>How many rows the last reading left out at the end.</summary>
    public int LeftOut { get; set; }

    /// <summary>The readings that were not ended.</summary>
    public int Open { get; private set; }

    IExampleCursor IExampleStream.Open()
    {
        Open++;
        return new Cursor(this, ++Openings, (features.Length / featureCount) - LeftOut);
    }

    private float[] Row(long row) => features[(int)(row * featureCount)..(int)((row + 1) * featureCount)];

    private sealed class Cursor(ArrayStream stream, int reading, int rows) : IExampleCursor
    {
        private float[] _row = [];

        public long Position { get; private set; } = -1;

        public float Weight => stream.Weights?[Position] ?? 1;

        public ReadOnlySpan<float> Targets => stream.Targets.AsSpan((int)Position * stream.TargetsPerRow, stream.TargetsPerRow);

        public ReadOnlySpan<float> Values => stream.Sparse ? _row.Where(value => value != 0).ToArray() : _row;

        public ReadOnlySpan<int> Indices => stream.Sparse ? Enumerable.Range(0, _row.Length).Where(i => _row[i] != 0).ToArray() : [];

        public bool MoveNext()
        {
            if (++Position >= rows) return false;
            stream.BeforeRow(reading, Position);
            _row = stream.Row(Position);
            return true;
        }

        public void Dispose() => stream.Open--;
    }

    private float[]? Weights => weights;

    private float[]? Targets => targets;
}
