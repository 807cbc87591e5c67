using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>An activation and its derivative, lane by lane; a struct for each, so that the loop over a matrix is compiled around it.</summary>
internal interface IActivation
{
    /// <summary>Whether the derivative is computed from the linear output u; most need only y = f(u).</summary>
    static virtual bool NeedsLinear => false;

    /// <summary>Whether f(u) = u, so that no loop is needed.</summary>
    static virtual bool ChangesNothing => false;

    /// <summary>f(u).</summary>
    static abstract V Value<V>(V u)
        where V : struct, IFloats<V>;

    /// <summary>f'(u), given u (where <see cref="NeedsLinear"/>) and y = f(u).</summary>
    static abstract V Derivative<V>(V u, V y)
        where V : struct, IFloats<V>;
}
