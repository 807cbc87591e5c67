using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn;

/// <content>Whether all numbers of a network are finite, without which its outputs are NaN.</content>
public sealed partial class Network
{
    /// <summary>Whether every weight and bias, and every factor of the input stage, is a finite number. An output stage takes no others.</summary>
    internal bool HasFiniteParameters
    {
        get
        {
            foreach (DenseLayer layer in _layers)
                if (!AreFinite(layer.Parameters.Span)) return false;
            return InputStage == null || !InputStage.Scale.ContainsAnyExceptInRange(float.MinValue, float.MaxValue);
        }
    }

    /// <summary>The first number that is not finite; null where all are.</summary>
    internal NotFiniteNumber? FindNotFinite()
    {
        for (int input = 0; input < InputStage?.Width; input++)
            if (!float.IsFinite(InputStage.Scale[input])) return new NotFiniteNumber(Layer: 0, input, Unit: 0, InputStage.Scale[input]);
        for (int i = 0; i < _layers.Length; i++)
        {
            DenseLayer layer = _layers[i];
            if (AreFinite(layer.Parameters.Span)) continue;
            for (int unit = 0; unit < layer.Outputs; unit++)
                for (int input = 0; input <= layer.Inputs; input++)
                {
                    float value = layer.Parameters.Span[layer.Layout.IndexOf(input, unit)];
                    if (!float.IsFinite(value)) return new NotFiniteNumber(i + 1, input == layer.Inputs ? null : input, unit, value);
                }
        }

        return null;
    }

    private static bool AreFinite(ReadOnlySpan<float> padded)
    {
        Vector<float> sum = Vector<float>.Zero; // of x - x, which is 0, but NaN where x is not finite
        foreach (Vector<float> x in MemoryMarshal.Cast<float, Vector<float>>(padded)) sum += x - x;
        return sum == Vector<float>.Zero;
    }
}
