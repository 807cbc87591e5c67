using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// A loss that is a mean over outputs, each with a target of its own; a struct for each, with its constants as fields, so that the loop is compiled around it.
/// </summary>
internal interface IElementLoss
{
    /// <summary>Whether predictions are right or wrong: the output's sign against the target's side of 0.5.</summary>
    static virtual bool HasAccuracy => false;

    /// <summary>What training may do to the targets to bring them to the size that networks learn best.</summary>
    static abstract TargetUnit TargetUnit { get; }

    /// <summary>The loss of output z with target t.</summary>
    /// <param name="z">Outputs of a row.</param>
    /// <param name="t">Their targets.</param>
    /// <param name="output">The number of the first of them.</param>
    V Value<V>(V z, V t, int output)
        where V : struct, IFloats<V>;

    /// <summary>The derivative of the loss by z.</summary>
    /// <inheritdoc cref="Value"/>
    V Derivative<V>(V z, V t, int output)
        where V : struct, IFloats<V>;

    /// <summary>The prediction for output z: z itself, where the loss does not say otherwise.</summary>
    static virtual V Prediction<V>(V z)
        where V : struct, IFloats<V> => z;

    /// <summary>The derivative of <see cref="Prediction"/> by z.</summary>
    static virtual double PredictionSlope(double z) => 1;
}
