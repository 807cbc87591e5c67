using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DigitDrawing.Digits;
using DigitDrawing.Server;
using DrawingLoad;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Examples.Drawing;

/// <summary>The answers of the example's server, over a connection of the machine itself.</summary>
[TestClass]
public sealed class DrawingServerTests
{
    [TestMethod]
    public async Task Over_fifty_connections_at_once_every_answer_is_the_one_that_the_drawing_gets_alone()
    {
        await using DrawingApp app = await DrawingApp.StartAsync();
        using Load load = await Load.PrepareAsync(app.Address, connections: 50);

        LoadResult result = await load.RunAsync(requests: 400, connections: 50);

        Assert.AreEqual((0, 400), (result.Wrong, result.Milliseconds.Count));
        Assert.HasCount(20, load.Answers.Distinct());
        foreach (string answer in load.Answers) Assert.StartsWith("200 ", answer);
    }

    [TestMethod]
    public async Task An_answer_is_what_the_saved_network_says_of_the_drawing()
    {
        await using DrawingApp app = await DrawingApp.StartAsync();
        float[][][] strokes = ScriptedDrawings.All[6].Strokes;

        (HttpStatusCode status, JsonNode answer) = await PostAsync(app, Encoding.UTF8.GetString(ScriptedDrawings.ToBody(strokes)));

        Assert.AreEqual(HttpStatusCode.OK, status);
        float[] pixels = Numbers(answer["pixels"]!), contributions = Numbers(answer["contributions"]!);
        float[] probabilities = Numbers(answer["probabilities"]!);
        int digit = (int)answer["digit"]!;
        var ml = new MLContext(seed: 1);
        IDataView scored = DrawingApp.Model.Transform(ml.Data.LoadFromEnumerable([new DigitRow { Pixels = pixels }]));
        CollectionAssert.AreEqual(scored.GetColumn<float[]>("Score").Single(), probabilities);
        Assert.AreEqual(probabilities.Max(), probabilities[digit]);

        var parameters = ((IEnumerable<ITransformer>)DrawingApp.Model)
            .OfType<ISingleFeaturePredictionTransformer<SimpleNnMulticlassModelParameters>>().Single().Model;
        float ofEmptyPage = parameters.Predict(new float[784])[digit];
        Assert.AreEqual(probabilities[digit] - ofEmptyPage, contributions.Sum(), 1e-4,
            "what the pixels have added is the way from the empty page to the answer");
        for (int i = 0; i < pixels.Length; i++) Assert.IsTrue(pixels[i] > 0 || contributions[i] == 0, "where there is no ink nothing speaks");
        CollectionAssert.AreEqual(HiddenLayers(parameters.Network, pixels), Numbers(answer["hiddenLayers"]![1]!), new Close(1e-3f));
    }

    [TestMethod]
    [DataRow("", "The body is not JSON of the form {\"strokes\": [[[x, y], [x, y]], [[x, y]]]}: the mistake is in line 1, at byte 1.")]
    [DataRow("{\n\"strokes\": [[[1, \"two\"]]]}",
        "The body is not JSON of the form {\"strokes\": [[[x, y], [x, y]], [[x, y]]]}: the mistake is in line 2, at byte 23.")]
    [DataRow("null", "The body is null: send {\"strokes\": [[[x, y], [x, y]], [[x, y]]]}.")]
    [DataRow("{}", "There is no stroke: send at least one, as {\"strokes\": [[[x, y], [x, y]], [[x, y]]]}.")]
    [DataRow("{\"strokes\": []}", "There is no stroke: send at least one, as {\"strokes\": [[[x, y], [x, y]], [[x, y]]]}.")]
    [DataRow("{\"strokes\": [[[1, 2]], []]}", "Stroke 2 has no points: give it one for a dot, or leave it out.")]
    [DataRow("{\"strokes\": [[[1, 2], null]]}", "Point 2 of stroke 1 has 0 numbers: give two, [x, y].")]
    [DataRow("{\"strokes\": [[[1, 2], [1, 2, 3]]]}", "Point 2 of stroke 1 has 3 numbers: give two, [x, y].")]
    [DataRow("{\"strokes\": [[[1, 2], [-0.5, 2]]]}", "Point 2 of stroke 1 is [-0.5, 2], outside the page: x and y are from 0 to 1000.")]
    [DataRow("{\"strokes\": [[[1, 1e99]]]}", "Point 1 of stroke 1 is [1, Infinity], outside the page: x and y are from 0 to 1000.")]
    public async Task A_body_that_is_no_drawing_is_answered_by_400_and_a_sentence(string body, string sentence)
    {
        await using DrawingApp app = await DrawingApp.StartAsync();

        (HttpStatusCode status, JsonNode answer) = await PostAsync(app, body);

        Assert.AreEqual((HttpStatusCode.BadRequest, sentence), (status, (string?)answer["error"]));
    }

    [TestMethod]
    public async Task A_body_that_is_too_large_is_answered_by_413_also_where_its_length_is_not_said()
    {
        await using DrawingApp app = await DrawingApp.StartAsync();
        string body = $"{{\"strokes\": [[{string.Join(',', Enumerable.Repeat("[1,2]", DrawingServer.LargestBody / 5))}]]}}";
        foreach (bool isChunked in new[] { false, true })
        {
            (HttpStatusCode status, JsonNode answer) = await PostAsync(app, body, isChunked);

            Assert.AreEqual(HttpStatusCode.RequestEntityTooLarge, status);
            Assert.AreEqual("The drawing is larger than 16,384 bytes: clear the page, or send fewer points.", (string?)answer["error"]);
        }
    }

    [TestMethod]
    public async Task The_page_is_served_to_this_machine_by_its_own_name_alone()
    {
        await using DrawingApp app = await DrawingApp.StartAsync();
        using var client = new HttpClient();

        Assert.Contains("<title>Draw a digit</title>", await client.GetStringAsync(app.Address));
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, app.Address) { Headers = { Host = "digits.example" } };
        Assert.AreEqual(HttpStatusCode.BadRequest, (await client.SendAsync(elsewhere)).StatusCode);
        Assert.AreEqual("127.0.0.1", app.Address.Host);
    }

    [TestMethod]
    public async Task Wrong_command_lines_and_models_of_something_else_end_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable([new DigitRow { Pixels = new float[784] }]);
        ml.Model.Save(ml.Transforms.CopyColumns("Other", "Label").Fit(rows), rows.Schema, folder["other.zip"]);

        Assert.AreEqual((1, "", "There is no option '--mnits'; --help lists them.\n"), await RunAsync("--mnits", "."));
        Assert.AreEqual((1, "", "The option --port needs a value after it; --help explains.\n"), await RunAsync("--port"));
        Assert.AreEqual((1, "", "The option --port needs a number from 0 to 65535, but '70000' was given.\n"), await RunAsync("--port", "70000"));
        Assert.Contains("The model is none that this program has trained; give another file", (await RunAsync("--model", folder["other.zip"])).Error);
        Assert.Contains("'no-such-folder' given with --mnist", (await RunAsync("--mnist", "no-such-folder", "--model", folder["new.zip"])).Error);
        Assert.Contains("--mnist DIR", (await RunAsync("--help")).Output);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int exitCode = await DigitDrawing.Program.Run(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(DrawingApp app, string body, bool isChunked = false)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, "digit")) { Content = new StringContent(body) };
        request.Headers.TransferEncodingChunked = isChunked;
        using HttpResponseMessage reply = await client.SendAsync(request);
        return (reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!);
    }

    private static float[] Numbers(JsonNode array) => [.. array.AsArray().Select(number => (float)number!)];

    /// <summary>The last hidden layer's outputs, by plain sums.</summary>
    private static float[] HiddenLayers(Network network, float[] row)
    {
        foreach (DenseLayer layer in network.Layers.SkipLast(1))
        {
            float[] weights = layer.GetWeights(), biases = layer.GetBiases(), inputs = row;
            row = [.. Enumerable.Range(0, layer.Outputs).Select(unit =>
                Math.Max(0, biases[unit] + inputs.Select((input, i) => input * weights[unit * layer.Inputs + i]).Sum()))];
        }
        return row;
    }

    private sealed class Close(float tolerance) : System.Collections.IComparer
    {
        public int Compare(object? x, object? y) => Math.Abs((float)x! - (float)y!) <= tolerance ? 0 : 1;
    }
}
