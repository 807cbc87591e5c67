namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// What <see cref="MatrixProducts"/> computes, in the plainest form: row-major matrices without padding, no blocks, vectors or threads.
/// Every result is one chain of fused multiply-adds in ascending order of the dimension that is summed over. That is the definition: the
/// fast products must give the same bits.
/// </summary>
internal static class ReferenceProducts
{
    /// <summary>Y = X W^T + b.</summary>
    /// <param name="x">X [rows x inputs].</param>
    /// <param name="weights">W [outputs x inputs].</param>
    /// <param name="biases">b [outputs]; each chain starts from its bias.</param>
    /// <param name="y">Y [rows x outputs].</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Span<float> y)
    {
        int outputs = biases.Length, inputs = weights.Length / outputs, rows = y.Length / outputs;
        for (int row = 0; row < rows; row++)
        {
            for (int output = 0; output < outputs; output++)
            {
                float sum = biases[output];
                for (int input = 0; input < inputs; input++)
                    sum = MathF.FusedMultiplyAdd(x[row * inputs + input], weights[output * inputs + input], sum);
                y[row * outputs + output] = sum;
            }
        }
    }

    /// <summary>dW = dY^T X, and db = the column sums of dY.</summary>
    /// <param name="x">X [rows x inputs].</param>
    /// <param name="dy">dY [rows x outputs].</param>
    /// <param name="weightGradient">dW [outputs x inputs].</param>
    /// <param name="biasGradient">db [outputs].</param>
    public static void WeightGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> weightGradient, Span<float> biasGradient)
    {
        int outputs = biasGradient.Length, inputs = weightGradient.Length / outputs, rows = dy.Length / outputs;
        for (int output = 0; output < outputs; output++)
        {
            float biasSum = 0;
            for (int row = 0; row < rows; row++) biasSum += dy[row * outputs + output];
            biasGradient[output] = biasSum;

            for (int input = 0; input < inputs; input++)
            {
                float sum = 0;
                for (int row = 0; row < rows; row++)
                    sum = MathF.FusedMultiplyAdd(x[row * inputs + input], dy[row * outputs + output], sum);
                weightGradient[output * inputs + input] = sum;
            }
        }
    }

    /// <summary>dX = dY W, without the derivative of an activation.</summary>
    /// <param name="weights">W [outputs x inputs].</param>
    /// <param name="dy">dY [rows x outputs].</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="inputs">The layer's inputs.</param>
    /// <param name="outputs">The layer's outputs.</param>
    /// <param name="dx">dX [rows x inputs].</param>
    public static void InputGradient(ReadOnlySpan<float> weights, ReadOnlySpan<float> dy, int rows, int inputs, int outputs, Span<float> dx)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int input = 0; input < inputs; input++)
            {
                float sum = 0;
                for (int output = 0; output < outputs; output++)
                    sum = MathF.FusedMultiplyAdd(dy[row * outputs + output], weights[output * inputs + input], sum);
                dx[row * inputs + input] = sum;
            }
        }
    }
}
