using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The effect of the steps that a feature has missed because it did not occur, in closed form. With Adam and momentum a weight moves on without a
/// gradient, ever more slowly; what it has missed after its last update, at step s, up to now, step t, is
/// <code>
/// w_t = P(s, t) w_s - S(s, t) d_s,   P(s, t) = product of keep_k,   S(s, t) = sum of rate_k r^(k - s) P(k, t),   k = s + 1 ... t
/// </code>
/// where d is the direction of the last update and r what it is multiplied by from step to step. P and S depend on s and t alone, so they are the same for
/// every feature that was last updated at s: one short table serves all. It is made anew at each step, from the present backwards:
/// S(t, t) = 0, S(s - 1, t) = r (rate_s P(s, t) + S(s, t)).
/// </summary>
/// <remarks>
/// After <see cref="_horizon"/> steps r^k is negligible, so that S only shrinks with P from then on: S(s, t) = S(s, s + horizon) P(s + horizon, t).
/// Everything is in double precision; learning-rate schedules and Adam's corrections come in through rate_k.
/// </remarks>
internal sealed unsafe class MissedSteps
{
    /// <summary>What is left of a direction when it counts as zero.</summary>
    private const double Negligible = 1e-9;

    /// <summary>The most steps until all features must have caught up: a bound for the tables, a few megabytes in all.</summary>
    private const int MostSteps = 1 << 16;

    /// <summary>A product below this is a reason too, long before it can no longer be divided by.</summary>
    private const double SmallestProduct = 1e-100;

    private readonly double _directionDecay, _epsilonGrowth;
    private readonly int _capacity, _horizon;
    private readonly PinnedArray<double> _rates, _keeps, _products, _settledMovements;
    private readonly PinnedArray<float> _settledEpsilons, _firstPowers, _secondPowers;
    private readonly PinnedArray<Effect> _recent;

    /// <summary>Prepares for a rule.</summary>
    /// <param name="idle">One of its steps; rate and keep may change from step to step, the others stay.</param>
    public MissedSteps(in IdleStep idle)
    {
        _directionDecay = idle.DirectionDecay;
        _epsilonGrowth = idle.EpsilonGrowth;
        _capacity = idle.HasClosedForm ? MostSteps : 1;
        _horizon = 1;
        for (double left = _directionDecay; left > Negligible && _horizon < _capacity; left *= _directionDecay) _horizon++;
        _rates = new PinnedArray<double>(_capacity + 1);
        _keeps = new PinnedArray<double>(_capacity + 1);
        _products = new PinnedArray<double>(_capacity + 1);
        _settledMovements = new PinnedArray<double>(_capacity + 1);
        _settledEpsilons = new PinnedArray<float>(_capacity + 1);
        _firstPowers = Powers(idle.FirstDecay);
        _secondPowers = Powers(idle.SecondDecay);
        _recent = new PinnedArray<Effect>(_horizon + 1);
        Clear();
    }

    /// <summary>The steps since all features had caught up.</summary>
    public int Count { get; private set; }

    /// <summary>Whether all features must catch up before the next step.</summary>
    public bool IsFull => Count == _capacity || !(Math.Abs(_products.Span[Count]) > SmallestProduct);

    /// <summary>Adds a step.</summary>
    public void Add(in IdleStep step)
    {
        Count++;
        double* rates = _rates.Pointer, keeps = _keeps.Pointer;
        rates[Count] = step.Rate;
        keeps[Count] = step.Keep;
        _products.Span[Count] = _products.Span[Count - 1] * step.Keep;

        double product = 1, movement = 0, epsilon = 0;
        int last = Math.Min(_horizon, Count);
        for (int missed = 1; missed <= last; missed++)
        {
            int first = Count - missed + 1; // the first of the missed steps
            movement = _directionDecay * (rates[first] * product + movement);
            epsilon = _directionDecay * _epsilonGrowth * (rates[first] * product + epsilon);
            product *= keeps[first];
            float meanEpsilon = movement > 0 ? (float)(epsilon / movement) : 1;
            _recent.Pointer[missed] = new Effect((float)product, (float)movement, meanEpsilon, _firstPowers.Span[missed], _secondPowers.Span[missed]);
            if (missed < _horizon) continue;
            _settledMovements.Span[first - 1] = movement;
            _settledEpsilons.Span[first - 1] = meanEpsilon;
        }
    }

    /// <summary>All features have caught up.</summary>
    public void Clear()
    {
        Count = 0;
        _products.Span[0] = 1;
    }

    /// <summary>Puts the steps into a checkpoint, or takes them from there, one after the other.</summary>
    public void Transfer(StateTransfer state)
    {
        int count = state.Count(Count, 2 * sizeof(double), "missed steps");
        if (count > _capacity) throw StateTransfer.Damaged($"{count} steps were missed");
        if (state.IsReading) Clear();
        for (int step = 1; step <= count; step++)
        {
            (double rate, double keep) = (_rates.Span[step], _keeps.Span[step]);
            state.Value(ref rate);
            state.Value(ref keep);
            if (state.IsReading) Add(new IdleStep(rate, keep));
        }
    }

    /// <summary>The tables as they are now; valid until the next step, while this object is reachable.</summary>
    public View Now => new(this);

    private PinnedArray<float> Powers(double factor)
    {
        var powers = new PinnedArray<float>(_capacity + 1);
        double power = 1;
        foreach (ref float item in powers.Span)
        {
            item = (float)power;
            power *= factor;
        }

        return powers;
    }

    /// <summary>What a number of missed steps does to a weight, and to what is remembered for it.</summary>
    /// <param name="Keep">P: what the weight is multiplied by first.</param>
    /// <param name="Movement">S: what the direction is multiplied by, to be subtracted then.</param>
    /// <param name="Epsilon">What epsilon is multiplied by in that direction: the mean over the missed steps, each counting as its movement.</param>
    /// <param name="First">What slot 0 is multiplied by.</param>
    /// <param name="Second">What slot 1 is multiplied by.</param>
    internal readonly record struct Effect(float Keep, float Movement, float Epsilon, float First, float Second);

    /// <summary>The tables for a kernel.</summary>
    internal readonly struct View
    {
        private readonly Effect* _recent;
        private readonly double* _products, _settledMovements;
        private readonly float* _settledEpsilons, _firstPowers, _secondPowers;
        private readonly int _horizon;

        public View(MissedSteps steps)
        {
            _recent = steps._recent.Pointer;
            _products = steps._products.Pointer;
            _settledMovements = steps._settledMovements.Pointer;
            _settledEpsilons = steps._settledEpsilons.Pointer;
            _firstPowers = steps._firstPowers.Pointer;
            _secondPowers = steps._secondPowers.Pointer;
            _horizon = steps._horizon;
            Count = steps.Count;
        }

        /// <summary>The steps since all features had caught up.</summary>
        public int Count { get; }

        /// <summary>The effect of the steps after step <paramref name="last"/>, which was at least one step ago.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Effect Since(int last)
        {
            int missed = Count - last;
            if (missed <= _horizon) return _recent[missed];
            double movement = _settledMovements[last] * (_products[Count] / _products[last + _horizon]);
            double keep = _products[Count] / _products[last];
            return new Effect((float)keep, (float)movement, _settledEpsilons[last], _firstPowers[missed], _secondPowers[missed]);
        }
    }
}
