using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The rows that a cursor holds back, and their scores. ML.NET's scorer takes a row's features from the cursor and hands them to the model's
/// mapper at once, on the same thread; so the mapper looks whether the features are those of the row that was given out last, and if they
/// are, bit for bit, takes the score that the row has already, or scores all rows that are held back. It cannot get the score of other features.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="features">The features of the rows.</param>
/// <param name="rows">The most rows that are held back.</param>
internal sealed class RowsAhead(IBatchScorer model, HeldColumn<VBuffer<float>> features, int rows)
{
    private const int NoScore = -1;

    [ThreadStatic]
    private static RowsAhead? _lastGiven;

    private readonly float[] _scores = new float[rows * model.ScoreLength];

    /// <summary>Where the score of each row is; NoScore for a row that is not scored with the others.</summary>
    private readonly int[] _scoreOfRow = new int[rows];


    /// <summary>The features of the rows that are scored together; sparse rows never need it.</summary>
    private float[]? _matrix;
    private bool _scored;
    private int _given;

    /// <summary>The rows that are held back.</summary>
    public int Count { get; set; }

    /// <summary>Other rows take the places of those that were held back.</summary>
    public void Begin() => (Count, _scored) = (0, false);

    /// <summary>The features of a row were given out on this thread.</summary>
    public void Give(int row)
    {
        _given = row;
        _lastGiven = this;
    }

    /// <summary>The rows are no longer there.</summary>
    public void Forget()
    {
        if (_lastGiven == this) _lastGiven = null;
        Begin();
    }

    /// <summary>Looks for the score of a row that was read ahead.</summary>
    /// <param name="model">The model that is asked for the score.</param>
    /// <param name="features">The features of the row.</param>
    /// <param name="score">Takes the score [length].</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetScore(IBatchScorer model, in VBuffer<float> features, Span<float> score) =>
        _lastGiven is { } ahead && ahead.TryGet(model, in features, score);

    private bool TryGet(IBatchScorer asked, in VBuffer<float> row, Span<float> score)
    {
        if (asked != model || _given >= Count || !CanBeScored(_given)) return false;
        if (!MemoryMarshal.AsBytes(row.GetValues()).SequenceEqual(MemoryMarshal.AsBytes(features[_given].GetValues()))) return false;
        if (!_scored) ScoreAll();
        _scores.AsSpan(_scoreOfRow[_given] * score.Length, score.Length).CopyTo(score);
        return true;
    }

    private void ScoreAll()
    {
        int inputs = model.Inputs, count = 0;
        _matrix ??= new float[rows * inputs];
        for (int row = 0; row < Count; row++)
        {
            _scoreOfRow[row] = CanBeScored(row) ? count++ : NoScore;
            if (_scoreOfRow[row] != NoScore) features[row].GetValues().CopyTo(_matrix.AsSpan(_scoreOfRow[row] * inputs, inputs));
        }

        model.Score(_matrix.AsSpan(0, count * inputs), count, _scores.AsSpan(0, count * model.ScoreLength));
        _scored = true;
    }

    /// <summary>Whether a row has all its features at hand. A sparse one is scored alone, in the time that the features other than zero take.</summary>
    private bool CanBeScored(int row) => features.Has(row) && features[row].IsDense && features[row].Length == model.Inputs;
}
