using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Evaluation;

/// <summary>The evaluators of several outputs against ML.NET's own, run on each output alone, and against hand counts.</summary>
[TestClass]
public sealed class EvaluatorsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Each_number_is_judged_as_ML_NET_judges_it_alone()
    {
        var random = new Random(1);
        Numbers[] rows = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            float a = random.NextSingle(), b = 100 * random.NextSingle();
            return new Numbers { Label = [a, b], Score = [a + 0.1f * random.NextSingle(), b - random.NextSingle()] };
        })];

        MultiOutputRegressionMetrics metrics = _ml.Regression.EvaluateOutputs(_ml.Data.LoadFromEnumerable(rows));

        for (int slot = 0; slot < 2; slot++)
        {
            var alone = _ml.Regression.Evaluate(_ml.Data.LoadFromEnumerable(rows.Select(row => new Number { Label = row.Label[slot], Score = row.Score[slot] })));
            Assert.AreEqual(200, metrics.Outputs[slot].Count);
            Assert.AreEqual(alone.MeanAbsoluteError, metrics.Outputs[slot].MeanAbsoluteError, 1e-6);
            Assert.AreEqual(alone.MeanSquaredError, metrics.Outputs[slot].MeanSquaredError, 1e-6);
            Assert.AreEqual(alone.RootMeanSquaredError, metrics.Outputs[slot].RootMeanSquaredError, 1e-6);
            Assert.AreEqual(alone.RSquared, metrics.Outputs[slot].RSquared, 1e-6);
        }

        Assert.AreEqual((metrics.Outputs[0].MeanAbsoluteError + metrics.Outputs[1].MeanAbsoluteError) / 2, metrics.MeanAbsoluteError, 1e-12);
        Assert.AreEqual((metrics.Outputs[0].MeanSquaredError + metrics.Outputs[1].MeanSquaredError) / 2, metrics.MeanSquaredError, 1e-12);
        Assert.AreEqual((metrics.Outputs[0].RootMeanSquaredError + metrics.Outputs[1].RootMeanSquaredError) / 2, metrics.RootMeanSquaredError, 1e-12);
        Assert.AreEqual((metrics.Outputs[0].RSquared + metrics.Outputs[1].RSquared) / 2, metrics.RSquared, 1e-12);
    }

    [TestMethod]
    public void A_missing_number_is_left_out_of_its_output_alone()
    {
        // Output 1: errors 1 and 3. Output 2: errors 2 and 0 and -1, the labels 1, 2, 6 have mean 3 and squared distances 4 + 1 + 9.
        MultiOutputRegressionMetrics metrics = _ml.Regression.EvaluateOutputs(_ml.Data.LoadFromEnumerable(new Numbers[]
        {
            new() { Label = [1, 1], Score = [2, 3] }, new() { Label = [float.NaN, 2], Score = [9, 2] }, new() { Label = [4, 6], Score = [7, 5] },
        }));

        Assert.AreEqual((2, 2.0, 5.0), (metrics.Outputs[0].Count, metrics.Outputs[0].MeanAbsoluteError, metrics.Outputs[0].MeanSquaredError));
        Assert.AreEqual((3, 1.0, 1 - 5.0 / 14), (metrics.Outputs[1].Count, metrics.Outputs[1].MeanAbsoluteError, metrics.Outputs[1].RSquared));
    }

    [TestMethod]
    public void Each_label_is_judged_as_ML_NET_judges_it_alone()
    {
        var random = new Random(2);
        Labels[] rows = [.. Enumerable.Range(0, 300).Select(_ =>
        {
            // Scores of two decimals, so that some are equal.
            float[] score = [MathF.Round(random.NextSingle(), 2) * 0.98f + 0.01f, MathF.Round(random.NextSingle(), 2) * 0.98f + 0.01f];
            return new Labels { Label = [random.NextSingle() < score[0], random.NextSingle() < 0.2f], Score = score };
        })];

        MultiLabelMetrics metrics = _ml.Regression.EvaluateLabels(_ml.Data.LoadFromEnumerable(rows));

        for (int slot = 0; slot < 2; slot++)
        {
            var alone = _ml.BinaryClassification.Evaluate(_ml.Data.LoadFromEnumerable(rows.Select(row => new Label
            {
                Truth = row.Label[slot],
                Score = row.Score[slot] - 0.5f,
                Probability = row.Score[slot],
                PredictedLabel = row.Score[slot] > 0.5f,
            })), labelColumnName: "Truth");
            LabelMetrics ours = metrics.Labels[slot];
            Assert.AreEqual(alone.Accuracy, ours.Accuracy, 1e-9);
            Assert.AreEqual(alone.PositivePrecision, ours.Precision, 1e-9);
            Assert.AreEqual(alone.PositiveRecall, ours.Recall, 1e-9);
            Assert.AreEqual(alone.F1Score, ours.F1Score, 1e-9);
            Assert.AreEqual(alone.AreaUnderRocCurve, ours.AreaUnderRocCurve, 1e-6);
            Assert.AreEqual(alone.LogLoss, ours.LogLoss, 1e-5);
        }
    }

    [TestMethod]
    public void All_labels_together_by_hand()
    {
        // Right, wrong; right, missing; wrong, right. Label 1: TP, TN, FP. Label 2: FN, -, TN.
        MultiLabelMetrics metrics = _ml.Regression.EvaluateLabels(_ml.Data.LoadFromEnumerable(new Numbers[]
        {
            new() { Label = [1, 1], Score = [0.9f, 0.2f] }, new() { Label = [0, float.NaN], Score = [0.1f, 0.9f] }, new() { Label = [0, 0], Score = [0.8f, 0.4f] },
        }));

        Assert.AreEqual((3, 2), (metrics.Labels[0].Count, metrics.Labels[1].Count));
        Assert.AreEqual(1.0 / 3, metrics.SubsetAccuracy, 1e-12);
        Assert.AreEqual(2.0 / 5, metrics.HammingLoss, 1e-12);
        Assert.AreEqual((2.0 / 3, 0.0), (metrics.Labels[0].F1Score, metrics.Labels[1].F1Score));
        Assert.AreEqual(1.0 / 3, metrics.MacroF1Score, 1e-12);
        Assert.AreEqual(2.0 / 4, metrics.MicroF1Score, 1e-12); // 2 TP / (2 TP + FP + FN) = 2 / (2 + 1 + 1)
        Assert.AreEqual(1, metrics.Labels[0].AreaUnderRocCurve, 1e-12);
        Assert.AreEqual(-Math.Log2(0.2f) / 2 - Math.Log2(1.0 - 0.4f) / 2, metrics.Labels[1].LogLoss, 1e-9);
    }

    [TestMethod]
    public void A_row_of_weight_2_counts_as_the_row_twice_and_one_of_weight_0_not_at_all()
    {
        Numbers[] rows =
        [
            new() { Label = [1, 0], Score = [0.9f, 0.2f], Weight = 2 }, new() { Label = [0, float.NaN], Score = [0.3f, 0.9f] },
            new() { Label = [0, 1], Score = [0.8f, 0.4f] }, new() { Label = [1, 1], Score = [0.4f, 0.7f], Weight = 2 }, new() { Label = [0, 0], Score = [float.NaN, 0], Weight = 0 },
        ];
        IDataView weighted = _ml.Data.LoadFromEnumerable(rows), repeated = _ml.Data.LoadFromEnumerable(rows.SelectMany(row => Enumerable.Repeat(row, (int)row.Weight)));

        MultiOutputRegressionMetrics numbers = _ml.Regression.EvaluateOutputs(weighted, exampleWeightColumnName: "Weight"), expectedNumbers = _ml.Regression.EvaluateOutputs(repeated);
        MultiLabelMetrics labels = _ml.Regression.EvaluateLabels(weighted, exampleWeightColumnName: "Weight"), expectedLabels = _ml.Regression.EvaluateLabels(repeated);

        for (int slot = 0; slot < 2; slot++)
        {
            OutputMetrics number = numbers.Outputs[slot], expected = expectedNumbers.Outputs[slot];
            Assert.AreEqual(expected.MeanAbsoluteError, number.MeanAbsoluteError, 1e-12);
            Assert.AreEqual(expected.MeanSquaredError, number.MeanSquaredError, 1e-12);
            Assert.AreEqual(expected.RSquared, number.RSquared, 1e-12);
            LabelMetrics label = labels.Labels[slot], expectedLabel = expectedLabels.Labels[slot];
            Assert.AreEqual((expectedLabel.TruePositives, expectedLabel.FalsePositives, expectedLabel.TrueNegatives, expectedLabel.FalseNegatives),
                (label.TruePositives, label.FalsePositives, label.TrueNegatives, label.FalseNegatives));
            Assert.AreEqual(expectedLabel.AreaUnderRocCurve, label.AreaUnderRocCurve, 1e-12);
            Assert.AreEqual(expectedLabel.LogLoss, label.LogLoss, 1e-12);
        }
        Assert.AreEqual(expectedLabels.SubsetAccuracy, labels.SubsetAccuracy, 1e-12);
        Assert.AreEqual((4, 3), (numbers.Outputs[0].Count, numbers.Outputs[1].Count));
    }

    [TestMethod]
    public void Outputs_have_the_names_of_the_labels_slots()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(new Number[] { new() { Label = 1, Score = 2 }, new() { Label = 3, Score = 3 } });
        IDataView named = _ml.Transforms.Concatenate("Labels", "Label", "Score").Append(_ml.Transforms.Concatenate("Scores", "Score", "Score")).Fit(rows).Transform(rows);

        CollectionAssert.AreEqual(new[] { "Label", "Score" }, _ml.Regression.EvaluateOutputs(named, "Labels", "Scores").Outputs.Select(output => output.Name).ToArray());
    }

    [TestMethod]
    public void Columns_that_cannot_be_judged_are_refused()
    {
        IDataView numbers = _ml.Data.LoadFromEnumerable(new Numbers[] { new() });

        AssertRefused("There is no label column 'Price' in the data, which has 'Label', 'Score', 'Weight'.", () => _ml.Regression.EvaluateOutputs(numbers, "Price"));
        AssertRefused("Label column 'Label' is Vector<Boolean, 2>, but must be Single, or a vector of it of known size",
            () => _ml.Regression.EvaluateOutputs(_ml.Data.LoadFromEnumerable(new Labels[] { new() })));
        AssertRefused("Score column 'Score' has NaN in row 2 of the data to evaluate (counted from 1), slot 1, because a feature of the row is missing or infinite",
            () => _ml.Regression.EvaluateOutputs(_ml.Data.LoadFromEnumerable(new Numbers[] { new(), new() { Score = [0, float.NaN] } })));
        AssertRefused("Weight column 'Weight' has -1 in row 2 of the data to evaluate (counted from 1)",
            () => _ml.Regression.EvaluateLabels(_ml.Data.LoadFromEnumerable(new Numbers[] { new(), new() { Weight = -1 } }), exampleWeightColumnName: "Weight"));
        AssertRefused("There is no weight column 'Mass'", () => _ml.Regression.EvaluateOutputs(numbers, exampleWeightColumnName: "Mass"));
        AssertRefused("There are no rows to evaluate", () => _ml.Regression.EvaluateOutputs(_ml.Data.LoadFromEnumerable(Array.Empty<Numbers>())));
        AssertRefused("Slot 1 of label column 'Label' is missing in all rows",
            () => _ml.Regression.EvaluateLabels(_ml.Data.LoadFromEnumerable(new Numbers[] { new() { Label = [1, float.NaN] } })));
    }

    private static void AssertRefused(string message, Action action) => Assert.Contains(message, Assert.ThrowsExactly<ArgumentException>(action).Message);

    private sealed class Numbers
    {
        [VectorType(2)]
        public float[] Label { get; set; } = [0, 0];

        [VectorType(2)]
        public float[] Score { get; set; } = [0, 0];

        public float Weight { get; set; } = 1;
    }

    private sealed class Labels
    {
        [VectorType(2)]
        public bool[] Label { get; set; } = [false, false];

        [VectorType(2)]
        public float[] Score { get; set; } = [0, 0];
    }

    private sealed class Number
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }

    private sealed class Label
    {
        public bool Truth { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
