using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>What the engine knows of an activation.</summary>
/// <param name="start">How the weights of a layer with it are drawn.</param>
internal abstract class ActivationEntry(WeightStart start)
{
    /// <summary>How the weights of a layer with it are drawn.</summary>
    public WeightStart Start => start;

    /// <summary>Whether the derivative is computed from the linear output u, which a forward pass of training then keeps.</summary>
    public abstract bool NeedsLinear { get; }

    /// <summary>The loops that are compiled around it.</summary>
    public abstract ActivationLoops Loops<V>()
        where V : struct, IFloats<V>;
}

/// <inheritdoc/>
/// <typeparam name="TActivation">The formula.</typeparam>
internal sealed class ActivationEntry<TActivation>(WeightStart start) : ActivationEntry(start)
    where TActivation : struct, IActivation
{
    public override bool NeedsLinear => TActivation.NeedsLinear;

    public override unsafe ActivationLoops Loops<V>() => new(&ActivationKernels<V>.Forward<TActivation>, &ActivationKernels<V>.Backward<TActivation>);
}
