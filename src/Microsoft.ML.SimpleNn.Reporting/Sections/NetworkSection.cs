namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The network: a drawing, its layers, histograms of weights and outputs, and weights as images.</summary>
internal static class NetworkSection
{
    private const int MostLayers = 8, MostImages = 32;

    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows that go through the network; null for none.</param>
    /// <param name="shape">How features lie as an image; null where they are none.</param>
    public static void Write(Html html, ReportedModel model, FeatureRows? rows, ImageShape? shape)
    {
        Network network = model.Network;
        LayerNumbers[] weights = [.. network.Layers.Take(MostLayers).Select(LayerNumbers.OfWeights)];
        html.Figure(Drawing(model)).Table(Layers(network, weights));
        html.Element("h3", "Weights").Figures(weights.Select((numbers, layer) => Weights(layer, network.Layers[layer], numbers)));
        if (rows is not null)
            Outputs(html, network, rows.Sample);
        if (network.Layers.Count > MostLayers)
            html.Remark($"Weights and outputs are those of the first {MostLayers} layers, of {network.Layers.Count}.");
        if (shape is { } image)
            Images(html, network, image);
    }

    private static Figure Drawing(ReportedModel model)
    {
        Network network = model.Network;
        List<(int, string[])> columns = [(network.Inputs, [Number.Count(network.Inputs, "feature", "features"), "of a row"])];
        if (network.InputStage is { } stage)
            columns.Add((stage.Width, [Number.Count(stage.Width, "input", "inputs"), "scaled by kind", StageParts(stage)]));
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            string what = i == network.Layers.Count - 1 ? Number.Count(layer.Outputs, "output", "outputs") : Number.Count(layer.Outputs, "unit", "units");
            columns.Add((layer.Outputs, [what, layer.Activation.ToString(), Number.Count(layer.ParameterCount, "parameter", "parameters")]));
        }
        string ensemble = model.Networks.Count > 1 ? $" {model.Networks.Count} such networks are averaged." : "";
        return new Figure("Network", $"{Number.Text(network.ParameterCount)} weights and biases in {Number.Count(network.Layers.Count, "layer", "layers")}: " +
            $"{network.Inputs} features, {string.Join(", ", network.Layers.Select(layer => $"{layer.Outputs} {layer.Activation}"))}.{ensemble}",
            NetworkDrawing.Of(columns))
        {
            KeepsSize = true,
        };
    }

    private static string StageParts(InputStage stage) => (stage.Marks, stage.Width - stage.FirstBin) switch
    {
        (0, 0) => "",
        (int marks, 0) => $"{marks} marks",
        (0, int pieces) => $"{pieces} pieces",
        (int marks, int pieces) => $"{marks} marks, {pieces} pieces",
    };

    private static Table Layers(Network network, LayerNumbers[] weights) => new("The layers.",
        ["layer", "inputs", "outputs", "activation", "parameters", "mean of the weights", "their deviation", "least", "largest"],
        [.. weights.Select((numbers, i) => (Cell[])[i + 1, network.Layers[i].Inputs, network.Layers[i].Outputs, network.Layers[i].Activation.ToString(),
            network.Layers[i].ParameterCount, numbers.Mean, numbers.Deviation, numbers.Least, numbers.Largest])]);

    private static Figure Weights(int layer, DenseLayer dense, LayerNumbers numbers) =>
        new Chart($"Weights of layer {layer + 1}", "weight", "weights").Bars("weights", numbers.Histogram)
            .Draw($"{Number.Text((double)dense.Inputs * dense.Outputs)} weights from {dense.Inputs} inputs to {dense.Outputs} outputs; " +
                $"deviation {Number.Text(numbers.Deviation)}.");

    private static void Outputs(Html html, Network network, IReadOnlyList<float[]> sample)
    {
        float[] features = [.. sample.SelectMany(row => row)];
        List<Figure> figures = [];
        for (int i = 0; i < Math.Min(network.Layers.Count, MostLayers); i++)
        {
            Network part = network.Take(i + 1);
            float[] outputs = new float[sample.Count * part.Outputs];
            part.Predict(features, sample.Count, outputs);
            LayerNumbers numbers = LayerNumbers.OfOutputs(outputs);
            int silent = Enumerable.Range(0, part.Outputs).Count(unit => IsConstant(outputs, unit, part.Outputs));
            string remark = silent == 0 ? "" : $" {Number.Count(silent, "unit gives", "units give")} the same for every row.";
            figures.Add(new Chart($"Outputs of layer {i + 1}", i == network.Layers.Count - 1 ? "output, before softmax or sigmoid" : "output", "outputs")
                .Bars("outputs", numbers.Histogram)
                .Draw($"Of {Number.Count(part.Outputs, "unit", "units")} for {Number.Count(sample.Count, "row", "rows")}; " +
                    $"mean {Number.Text(numbers.Mean)}.{remark}"));
        }
        html.Element("h3", "Outputs of the layers (activations)").Figures(figures);
    }

    private static bool IsConstant(float[] outputs, int unit, int units)
    {
        for (int i = unit; i < outputs.Length; i += units)
            if (outputs[i] != outputs[unit])
                return false;
        return true;
    }

    private static void Images(Html html, Network network, ImageShape shape)
    {
        DenseLayer layer = network.Layers[0];
        float[] unit = new float[layer.Inputs];
        List<(int Unit, double Size, string Address)> images = [];
        for (int output = 0; output < layer.Outputs; output++)
        {
            layer.CopyWeights(output, 0, unit);
            float[] pixels = unit[..network.Inputs];
            // In units of the inputs, which all pixels of some spread have; of constant ones the weights say nothing.
            for (int i = 0; i < pixels.Length && network.InputStage is { } stage; i++)
                pixels[i] *= stage.Factors[i] == 0 ? 0 : stage.Gain.Span[i];
            double size = Math.Sqrt(pixels.Sum(pixel => (double)pixel * pixel));
            images.Add((output, size, PixelImage.Signed(pixels, shape)));
        }
        html.Element("h3", "Weights of the first layer as images").Remark(
            $"The {Math.Min(MostImages, images.Count)} units with the largest weights, of {images.Count}. Blue pixels raise the unit, orange ones lower it.");
        html.Markup("<ul class=\"pixels\">");
        foreach ((int output, _, string address) in images.OrderByDescending(image => image.Size).Take(MostImages))
            html.Markup($"<li><img src=\"{address}\" alt=\"weights of unit {output}\">{output}</li>\n");
        html.Markup("</ul>\n");
    }
}
