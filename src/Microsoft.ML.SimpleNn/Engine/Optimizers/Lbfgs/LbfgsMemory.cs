namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The last changes s of the variables and y of the gradient, which stand for an approximation H of the inverse of the second derivatives
/// (Nocedal and Wright 2006, algorithm 7.4).
/// </summary>
internal sealed class LbfgsMemory(int size)
{
    /// <summary>A pair whose curvature s y is below this fraction of y y would make H nearly singular, and is left out.</summary>
    private const double SmallestCurvature = 1e-12;

    private readonly List<(double[] S, double[] Y)> _pairs = [];

    /// <summary>Whether there is a change to go by; without one the direction is that of steepest descent.</summary>
    public bool IsEmpty => _pairs.Count == 0;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _pairs.Clear();

    /// <summary>Remembers a change, and forgets the oldest one if there is no room.</summary>
    public void Add(ReadOnlySpan<double> oldX, ReadOnlySpan<double> newX, ReadOnlySpan<double> oldGradient, ReadOnlySpan<double> newGradient)
    {
        double[] s = Difference(newX, oldX), y = Difference(newGradient, oldGradient);
        if (!(DoubleVector.Dot(s, y) > SmallestCurvature * DoubleVector.Dot(y, y))) return;
        if (_pairs.Count == size) _pairs.RemoveAt(0);
        _pairs.Add((s, y));
    }

    /// <summary>The direction to search along, -H gradient, by the two-loop recursion.</summary>
    public double[] Direction(ReadOnlySpan<double> gradient)
    {
        double[] direction = new double[gradient.Length];
        DoubleVector.AddScaled(direction, -1, gradient);
        var alphas = new double[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            (double[] s, double[] y) = _pairs[i];
            alphas[i] = DoubleVector.Dot(s, direction) / DoubleVector.Dot(s, y);
            DoubleVector.AddScaled(direction, -alphas[i], y);
        }

        if (!IsEmpty)
        {
            (double[] s, double[] y) = _pairs[^1];
            double scale = DoubleVector.Dot(s, y) / DoubleVector.Dot(y, y); // what H would be, were it a multiple of the identity (7.20)
            foreach (ref double value in direction.AsSpan()) value *= scale;
        }

        for (int i = 0; i < _pairs.Count; i++)
        {
            (double[] s, double[] y) = _pairs[i];
            double beta = DoubleVector.Dot(y, direction) / DoubleVector.Dot(s, y);
            DoubleVector.AddScaled(direction, alphas[i] - beta, s);
        }

        return direction;
    }

    /// <summary>Puts the changes into a checkpoint, or takes them from there.</summary>
    /// <param name="state">The checkpoint.</param>
    /// <param name="variables">How many numbers a change has.</param>
    public void Transfer(StateTransfer state, int variables)
    {
        int count = _pairs.Count;
        state.Number(ref count, 0, size, "the number of its changes");
        if (state.IsReading) Clear();
        for (int i = 0; i < count; i++)
        {
            if (state.IsReading) _pairs.Add((new double[variables], new double[variables]));
            state.Items<double>(_pairs[i].S, "changes");
            state.Items<double>(_pairs[i].Y, "changes");
        }
    }

    private static double[] Difference(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] difference = a.ToArray();
        DoubleVector.AddScaled(difference, -1, b);
        return difference;
    }
}
