namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>
/// The training of a classifier with one hidden layer in double precision, as plain as the formulas: what a run's weights would be if no step were rounded.
/// </summary>
internal static class DoubleTraining
{
    /// <summary>Trains on raw features with the mean cross-entropy of the softmax.</summary>
    /// <param name="network">Its shape; its weights are drawn as a run draws them, and else stay.</param>
    /// <param name="x">[rows x features].</param>
    /// <param name="classes">[rows].</param>
    /// <param name="options">Seed, optimizer, schedule, epochs and the size of a minibatch.</param>
    /// <returns>All weights and biases, layer after layer.</returns>
    public static double[] Run(Network network, float[] x, float[] classes, TrainingOptions options)
    {
        network.Initialize(options.Initializer, options.Seed);
        var exact = new DoubleNetwork(network);
        double[][] parameters = [exact.Weights[0], exact.Biases[0], exact.Weights[1], exact.Biases[1]];
        DoubleOptimizer[] optimizers = Array.ConvertAll(parameters, p => new DoubleOptimizer(options.Optimizer, p.Length));
        var sampler = new MinibatchSampler(classes.Length, options.BatchSize, new RandomSource(options.Seed, RandomStream.Shuffle));
        long step = 0;
        for (int epoch = 0; epoch < options.NumberOfEpochs; epoch++)
        {
            sampler.Shuffle();
            for (int batch = 0; batch < sampler.BatchCount; batch++)
            {
                double[][] gradients = Array.ConvertAll(parameters, p => new double[p.Length]);
                ReadOnlySpan<int> rows = sampler.Batch(batch);
                foreach (int row in rows) AddGradient(exact, network, x.AsSpan(row * network.Inputs, network.Inputs), (int)classes[row], 1.0 / rows.Length, gradients);
                float factor = options.LearningRateSchedule.Factor(new TrainingMoment(step++, sampler.BatchCount, options.NumberOfEpochs, []));
                for (int i = 0; i < parameters.Length; i++) optimizers[i].Step(parameters[i], gradients[i], factor);
            }
        }

        return [.. parameters.SelectMany(p => p)];
    }

    /// <summary>Backpropagation of one row: delta = softmax(outputs) - target, and through the hidden layer delta W f'(u).</summary>
    private static void AddGradient(DoubleNetwork exact, Network shape, ReadOnlySpan<float> x, int target, double scale, double[][] gradients)
    {
        int hidden = shape.Layers[0].Outputs, outputs = shape.Outputs, inputs = shape.Inputs;
        double[] u = new double[hidden], z = new double[outputs];
        for (int j = 0; j < hidden; j++)
        {
            u[j] = exact.Biases[0][j];
            for (int i = 0; i < inputs; i++) u[j] += exact.Weights[0][j * inputs + i] * x[i];
        }

        double[] h = Array.ConvertAll(u, value => DoubleActivation.Value(shape.Layers[0].Activation, value));
        for (int k = 0; k < outputs; k++)
        {
            z[k] = exact.Biases[1][k];
            for (int j = 0; j < hidden; j++) z[k] += exact.Weights[1][k * hidden + j] * h[j];
        }

        double sum = z.Sum(Math.Exp);
        double[] delta = [.. z.Select((value, k) => scale * (Math.Exp(value) / sum - (k == target ? 1 : 0)))];
        for (int j = 0; j < hidden; j++)
        {
            double back = 0;
            for (int k = 0; k < outputs; k++)
            {
                back += delta[k] * exact.Weights[1][k * hidden + j];
                gradients[2][k * hidden + j] += delta[k] * h[j];
            }

            back *= DoubleActivation.Derivative(shape.Layers[0].Activation, u[j]);
            for (int i = 0; i < inputs; i++) gradients[0][j * inputs + i] += back * x[i];
            gradients[1][j] += back;
        }

        for (int k = 0; k < outputs; k++) gradients[3][k] += delta[k];
    }
}
