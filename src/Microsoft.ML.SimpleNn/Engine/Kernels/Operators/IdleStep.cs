namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What a step does to a weight whose gradient is zero, from which the effect of many such steps follows without taking them one by one
/// (<see cref="MissedSteps"/>): w = Keep w - Rate d, slot 0 is multiplied by <see cref="FirstDecay"/> and slot 1 by <see cref="SecondDecay"/>. The direction d
/// changes by a factor only; in a direction m / (sqrt(v) + epsilon) that factor is DirectionDecay, with an epsilon that grows by EpsilonGrowth.
/// </summary>
/// <param name="Rate">What the direction is multiplied by; 0 for a rule that moves nothing without a gradient.</param>
/// <param name="Keep">What the weight is multiplied by first.</param>
/// <param name="FirstDecay">What slot 0 is multiplied by.</param>
/// <param name="SecondDecay">What slot 1 is multiplied by.</param>
/// <param name="DirectionDecay">What the direction is multiplied by from step to step, but for its epsilon.</param>
/// <param name="EpsilonGrowth">What epsilon is multiplied by, so that the rest of the denominator may stay as it is.</param>
internal readonly record struct IdleStep(
    double Rate = 0, double Keep = 1, double FirstDecay = 1, double SecondDecay = 1, double DirectionDecay = 0, double EpsilonGrowth = 1)
{
    /// <summary>Nothing changes.</summary>
    public static IdleStep Nothing { get; } = new(Rate: 0);

    /// <summary>Whether a weight may miss steps without anything to catch up with.</summary>
    public bool ChangesNothing => Rate == 0 && Keep == 1 && FirstDecay == 1 && SecondDecay == 1;

    /// <summary>
    /// Whether the missed movement may be summed in closed form: its terms must fall, those with epsilon well so. A direction that grows, as Adam's does with
    /// beta1 above beta2, is only stopped by epsilon in the end, and that no closed form shows.
    /// </summary>
    public bool HasClosedForm => EpsilonGrowth == 1 ? DirectionDecay < 1 : DirectionDecay * EpsilonGrowth < 0.995;
}
