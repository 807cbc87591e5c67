// How a neural network computes and learns, one step at a time, with the engine that the trainers use.
// Every number is printed, so that it can be checked by hand. The loss curve is also saved as a picture, artifacts/StepByStep/loss-curve.svg.
using System.Text;
using Microsoft.ML.SimpleNn;
using StepByStep;

Console.OutputEncoding = Encoding.UTF8;
float[] x = [1, 2, 3];
float[] target = [3];

Print.Heading("STEP 1  線形変換 / linear transform", "u = W x + b");
var linear = new DenseLayer(inputs: 3, outputs: 2);
linear.SetWeights([0.02888694f, -0.23364061f, -0.31486371f, -0.8928591f, 0.56717008f, -0.63570172f]);
var u = new float[2];
new Network(linear).Predict(x, rows: 1, u);
Print.Values("x", x);
Print.Matrix("W", linear.GetWeights(), columns: 3);
Print.Values("b", linear.GetBiases());
Print.Values("u = W x + b", u);

Print.Heading("STEP 2  非線形変換 / non-linear transform", "z = ReLU(u) = max(u, 0)");
Print.Values("ReLU of this u", Activation.ReLU.Apply(u));
float[] otherU = [1.70384192f, -2.010649f];
Print.Values("another u", otherU);
Print.Values("z = ReLU(u)", Activation.ReLU.Apply(otherU));

Print.Heading("STEP 3  予測 / prediction", "a second layer gives y = W2 z + b2, from one fixed start");
var hidden = new DenseLayer(inputs: 3, outputs: 2, Activation.ReLU);
var output = new DenseLayer(inputs: 2, outputs: 1);
hidden.SetWeights([1.0326651f, 0.25201908f, 0.05571284f, -1.075888f, -0.16015016f, -0.20482019f]);
output.SetWeights([-0.05850706f, -0.44335642f]);
var network = new Network(hidden, output);
using var workspace = new Workspace(network, maximumRows: 1);
workspace.Batch.Set(x, target);
network.Forward(workspace);
Print.Matrix("W1", hidden.GetWeights(), columns: 3);
Print.Values("W2", output.GetWeights());
Print.Values("z", workspace.GetOutputs(layer: 0));
Print.Values("y", workspace.GetOutputs(layer: 1));

Print.Heading("STEP 4  損失 / loss", "mean squared error (平均二乗誤差): the mean of (y - t)^2");
Print.Values("t", target);
Print.Values("for y = -1.42774189", [(float)LossOf(-1.42774189f)]);
double loss = Loss.SquaredError.Evaluate(workspace);
Print.Values("for the y of step 3", [(float)loss]);

Print.Heading("STEP 5  勾配 / gradients", "by backpropagation (誤差逆伝播法), beside the numerical gradient (L(w + h) - L(w - h)) / 2h");
network.Backward(workspace);
Print.Gradients("dL/dW1", workspace.GetWeightGradient(layer: 0), NumericalGradient(hidden.GetWeights, w => hidden.SetWeights(w)));
Print.Gradients("dL/db1", workspace.GetBiasGradient(layer: 0), NumericalGradient(hidden.GetBiases, b => hidden.SetBiases(b)));
Print.Gradients("dL/dW2", workspace.GetWeightGradient(layer: 1), NumericalGradient(output.GetWeights, w => output.SetWeights(w)));
Print.Gradients("dL/db2", workspace.GetBiasGradient(layer: 1), NumericalGradient(output.GetBiases, b => output.SetBiases(b)));

Print.Heading("STEP 6  更新 / update", "a step against the gradient: w = w - learning rate x gradient");
var optimizer = new SgdOptimizer { LearningRate = 0.01f };
OptimizerState state = optimizer.CreateState(network);
Print.Values("W2 before", output.GetWeights());
optimizer.Step(network, workspace, state);
Print.Values("W2 after", output.GetWeights());

Print.Heading("STEP 7  繰り返し / repeat", "forward, loss, backward, update, until the loss stops falling");
List<double> losses = [loss];
const double SmallestFall = 1e-6;
do
{
    network.Forward(workspace);
    losses.Add(Loss.SquaredError.Evaluate(workspace));
    network.Backward(workspace);
    optimizer.Step(network, workspace, state);
}
while (losses[^2] - losses[^1] > SmallestFall);

network.Forward(workspace);
Console.WriteLine($"  After {state.StepCount} steps the loss no longer falls by more than {SmallestFall}:");
Print.Values("loss", [(float)losses[^1]]);
Print.Values("y", workspace.GetOutputs(layer: 1));
Print.Values("t", target);
Console.WriteLine();
LossCurve.Write(losses, Console.Out);
string folder = Directory.CreateDirectory(Path.Combine("artifacts", "StepByStep")).FullName;
string picture = Path.Combine(folder, "loss-curve.svg");
LossCurve.SaveSvg(losses, picture);
Console.WriteLine($"  The curve as a picture: {picture}");

// The loss of a network that gives this y, whatever it is given: no weights, and y as the bias.
double LossOf(float y)
{
    var constant = new DenseLayer(inputs: 3, outputs: 1);
    constant.SetBiases([y]);
    var network = new Network(constant);
    using var workspace = new Workspace(network, maximumRows: 1);
    workspace.Batch.Set(x, target);
    network.Forward(workspace);
    return Loss.SquaredError.Evaluate(workspace);
}

// Moves each parameter a little up and a little down, and looks at what the loss does.
float[] NumericalGradient(Func<float[]> get, Action<float[]> set)
{
    const float H = 1e-2f;
    float[] parameters = get();
    var gradient = new float[parameters.Length];
    for (int i = 0; i < parameters.Length; i++)
    {
        float saved = parameters[i];
        gradient[i] = (float)((LossWith(saved + H) - LossWith(saved - H)) / (2 * H));
        parameters[i] = saved;
        set(parameters);

        double LossWith(float value)
        {
            parameters[i] = value;
            set(parameters);
            network.Forward(workspace);
            return Loss.SquaredError.Evaluate(workspace);
        }
    }

    return gradient;
}
