namespace DigitDrawing.Model;

/// <summary>What the page shows of a drawing.</summary>
/// <param name="Digit">The digit that it is taken for.</param>
/// <param name="Probabilities">That of each digit [10].</param>
/// <param name="Pixels">What the network saw: the ink of each pixel [784], row by row, from 0 to 1.</param>
/// <param name="Contributions">What each pixel has added to the probability of the digit [784]; the sum is that, less that of an empty page.</param>
/// <param name="HiddenLayers">The outputs of the units of each hidden layer.</param>
internal sealed record Answer(int Digit, float[] Probabilities, float[] Pixels, float[] Contributions, float[][] HiddenLayers);
