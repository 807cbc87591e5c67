namespace Microsoft.ML.SimpleNn;

/// <summary>A number of a network that is not finite, and where it is.</summary>
/// <param name="Layer">The layer, counted from 1; 0 for the input stage.</param>
/// <param name="Input">The input that it is the weight, or the factor, of, counted from 0; null for a bias.</param>
/// <param name="Unit">The unit that it leads to, counted from 0.</param>
/// <param name="Value">The number.</param>
internal readonly record struct NotFiniteNumber(int Layer, int? Input, int Unit, float Value)
{
    private string Name => Layer == 0 ? FormattableString.Invariant($"the factor of input {Input}")
        : Input is int input ? FormattableString.Invariant($"the weight from input {input} to unit {Unit} of layer {Layer}")
        : FormattableString.Invariant($"the bias of unit {Unit} of layer {Layer}");

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} is {Value}");
}
