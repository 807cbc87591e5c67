using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>A loss that is a mean over outputs, each with a target of its own; a struct for each, with its constants as fields, so that the loop is compiled around it.</summary>
internal interface IElementLoss
{
    /// <summary>Whether predictions are right or wrong: the output's sign against the target's side of 0.5.</summary>
    static abstract bool HasAccuracy { get; }

    /// <summary>What training may do to the targets to bring them to the size that networks learn best.</summary>
    static abstract TargetUnit TargetUnit { get; }

    /// <summary>The loss of output z with target t.</summary>
    /// <param name="z">Outputs of a row.</param>
    /// <param name="t">Their targets.</param>
    /// <param name="output">The number of the first of them.</param>
    V Value<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct;

    /// <summary>The derivative of the loss by z.</summary>
    /// <inheritdoc cref="Value"/>
    V Derivative<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct;

    /// <summary>The prediction for output z.</summary>
    static abstract V Prediction<TSimd, V>(V z)
        where TSimd : struct, ISimd<V>
        where V : struct;
}
