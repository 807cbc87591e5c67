using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// All activations, a line each: the formula, and the initializer that suits a layer with it. A new one is a struct of its own, a line here and its name in
/// <see cref="Activation"/>.
/// </summary>
internal static class ActivationTable
{
    private static readonly Dictionary<Activation, ActivationEntry> Entries = new()
    {
        [Activation.Identity] = new ActivationEntry<Identity>(WeightInitializer.GlorotUniform),
        [Activation.ReLU] = new ActivationEntry<ReLU>(WeightInitializer.HeNormal),
        [Activation.LeakyReLU] = new ActivationEntry<LeakyReLU>(WeightInitializer.HeNormal),
        [Activation.ELU] = new ActivationEntry<ELU>(WeightInitializer.HeNormal),
        [Activation.SELU] = new ActivationEntry<SELU>(WeightInitializer.LeCunNormal),
        [Activation.GELU] = new ActivationEntry<GELU>(WeightInitializer.HeNormal),
        [Activation.SiLU] = new ActivationEntry<SiLU>(WeightInitializer.HeNormal),
        [Activation.Sigmoid] = new ActivationEntry<Sigmoid>(WeightInitializer.GlorotUniform),
        [Activation.Tanh] = new ActivationEntry<Tanh>(WeightInitializer.GlorotUniform),
        [Activation.Softplus] = new ActivationEntry<Softplus>(WeightInitializer.HeNormal),
        [Activation.Mish] = new ActivationEntry<Mish>(WeightInitializer.HeNormal),
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
