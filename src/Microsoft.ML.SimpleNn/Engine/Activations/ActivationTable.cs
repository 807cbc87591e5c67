using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// All activations, a line each: the formula, and how the weights of a layer with it are drawn. A new one is a struct of its own, a line here and its name in
/// <see cref="Activation"/>.
/// </summary>
internal static class ActivationTable
{
    private static readonly Dictionary<Activation, ActivationEntry> Entries = new()
    {
        [Activation.Identity] = new ActivationEntry<Identity>(WeightStart.GlorotUniform),
        [Activation.ReLU] = new ActivationEntry<ReLU>(WeightStart.HeNormal),
        [Activation.LeakyReLU] = new ActivationEntry<LeakyReLU>(WeightStart.HeNormal),
        [Activation.ELU] = new ActivationEntry<ELU>(WeightStart.HeNormal),
        [Activation.SELU] = new ActivationEntry<SELU>(WeightStart.LeCunNormal),
        [Activation.GELU] = new ActivationEntry<GELU>(WeightStart.HeNormal),
        [Activation.SiLU] = new ActivationEntry<SiLU>(WeightStart.HeNormal),
        [Activation.Sigmoid] = new ActivationEntry<Sigmoid>(WeightStart.GlorotUniform),
        [Activation.Tanh] = new ActivationEntry<Tanh>(WeightStart.GlorotUniform),
        [Activation.Softplus] = new ActivationEntry<Softplus>(WeightStart.HeNormal),
        [Activation.Mish] = new ActivationEntry<Mish>(WeightStart.HeNormal),
    };

    /// <summary>An activation's line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such activation.</exception>
    public static ActivationEntry Of(Activation activation) =>
        Entries.TryGetValue(activation, out ActivationEntry? entry)
            ? entry
            : throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation.");

    /// <summary>The loops of every activation for vectors of one width, in the order of the enumeration.</summary>
    public static ActivationLoops[] Loops<V>()
        where V : struct, IFloats<V> => [.. Enum.GetValues<Activation>().Select(activation => Of(activation).Loops<V>())];
}
