using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>What the engine knows of an activation.</summary>
/// <param name="initializer">The initializer that suits a layer with it.</param>
internal abstract class ActivationEntry(WeightInitializer initializer)
{
    /// <summary>The initializer that suits a layer with it.</summary>
    public WeightInitializer Initializer => initializer;

    /// <summary>Whether the derivative is computed from the linear output u, which a forward pass of training then keeps.</summary>
    public abstract bool NeedsLinear { get; }

    /// <summary>The loops that are compiled around it.</summary>
    public abstract ActivationLoops Loops<V>()
        where V : struct, IFloats<V>;
}

/// <inheritdoc/>
/// <typeparam name="TActivation">The formula.</typeparam>
internal sealed class ActivationEntry<TActivation>(WeightInitializer initializer) : ActivationEntry(initializer)
    where TActivation : struct, IActivation
{
    public override bool NeedsLinear => TActivation.NeedsLinear;

    public override unsafe ActivationLoops Loops<V>() => new(&ActivationKernels<V>.Forward<TActivation>, &ActivationKernels<V>.Backward<TActivation>);
}
