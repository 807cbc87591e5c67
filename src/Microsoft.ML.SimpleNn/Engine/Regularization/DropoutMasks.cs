using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Dropout (Srivastava et al. 2014): in each step every feature, and every output of a hidden layer, is set to 0 with a probability, the rate; the others
/// are multiplied by 1 / (1 - rate), so that the mean stays and nothing changes when the trained network predicts.
/// </summary>
/// <remarks>
/// What is dropped is a hash of seed, step, layer, row in the minibatch and unit. It is the same on any number of threads and with any vectors.
/// </remarks>
public sealed class DropoutMasks
{
    private readonly ulong _key;

    /// <summary>Creates the masks of a run.</summary>
    /// <param name="inputRate">The probability of a feature to be dropped. Range: 0 up to, but not including, 1.</param>
    /// <param name="hiddenRate">The probability of a hidden layer's output to be dropped. Range: 0 up to, but not including, 1.</param>
    /// <param name="seed">The same seed gives the same masks.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range.</exception>
    public DropoutMasks(float inputRate, float hiddenRate, int seed)
    {
        InputRate = CheckRate(inputRate, nameof(inputRate));
        HiddenRate = CheckRate(hiddenRate, nameof(hiddenRate));
        _key = new RandomSource(seed, RandomStream.Dropout).NextBits();
    }

    /// <summary>The probability of a feature to be dropped.</summary>
    public float InputRate { get; }

    /// <summary>The probability of a hidden layer's output to be dropped.</summary>
    public float HiddenRate { get; }

    /// <summary>The probability that an input of a layer, counted from 0, is dropped.</summary>
    internal float RateAt(int layer) => layer == 0 ? InputRate : HiddenRate;

    /// <summary>What the mask of a layer's inputs depends on in a step, beside row and unit: the key of <see cref="DropoutKernel"/>.</summary>
    internal ulong KeyAt(int layer, long step) => SplitMix64.Mix(SplitMix64.Mix(_key + (ulong)step) + (ulong)layer);

    private static float CheckRate(float rate, string name)
    {
        if (rate is not (>= 0 and < 1)) throw OutOfRange.Exception(name, rate, $"{name} must be from 0 up to, but not including, 1.");
        return rate;
    }
}
