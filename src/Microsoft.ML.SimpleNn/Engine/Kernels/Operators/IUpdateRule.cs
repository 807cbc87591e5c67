using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// An optimizer's formula for a vector of weights; a struct for each, with its constants as fields, so that the loop over the parameters
/// is compiled around it.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>One step.</summary>
    /// <param name="weight">The weights.</param>
    /// <param name="gradient">The gradients by them.</param>
    /// <param name="slot0">The first remembered number of each; not touched by a rule with fewer.</param>
    /// <param name="slot1">The second.</param>
    /// <param name="slot2">The third.</param>
    void Update<V>(ref V weight, V gradient, ref V slot0, ref V slot1, ref V slot2)
        where V : struct, IFloats<V>;

    /// <summary>What a step does when the gradient is zero.</summary>
    IdleStep Idle { get; }

    /// <summary>The weights after many steps in which the gradient was zero, as <see cref="Idle"/> describes each.</summary>
    /// <param name="missed">What they come to.</param>
    /// <param name="weight">The weights before them.</param>
    /// <param name="slot0">The first remembered number of each, before them; not read by a rule with fewer.</param>
    /// <param name="slot1">The second.</param>
    /// <param name="slot2">The third.</param>
    V MoveOn<V>(in MissedSteps.Effect missed, V weight, V slot0, V slot1, V slot2)
        where V : struct, IFloats<V>;

    /// <summary>What the same steps do to the remembered numbers: they decay as <see cref="Idle"/> says; the third changes in none.</summary>
    /// <param name="missed">What the steps come to.</param>
    /// <param name="slot0">The first remembered number of each.</param>
    /// <param name="slot1">The second.</param>
    static virtual void DecaySlots<V>(in MissedSteps.Effect missed, ref V slot0, ref V slot1)
        where V : struct, IFloats<V>
    {
        slot0 = Moments.Decayed(slot0, missed.First);
        slot1 = Moments.Decayed(slot1, missed.Second);
    }
}

/// <summary>A rule whose rate can be another for some of the weights.</summary>
/// <typeparam name="TSelf">The rule.</typeparam>
internal interface IUpdateRule<TSelf> : IUpdateRule
    where TSelf : struct, IUpdateRule<TSelf>
{
    /// <summary>The same rule with its learning rate multiplied; a decay of the weights stays.</summary>
    TSelf WithRate(double factor);
}
