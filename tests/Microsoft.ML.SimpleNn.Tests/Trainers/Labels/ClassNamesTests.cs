using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A model knows its classes by their names: keys are numbered as MapValueToKey meets the values, which is another order for other rows.</summary>
[TestClass]
public sealed class ClassNamesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_names_are_kept_in_the_model_and_in_its_file()
    {
        IDataView data = Mapped(Rows());
        var model = Trainer().Fit(data);

        CollectionAssert.AreEqual(new[] { "k0", "k1", "k2" }, model.Model.ClassNames!.ToArray());
        CollectionAssert.AreEqual(new[] { "k0", "k1", "k2" }, Reloaded(model, data).ClassNames!.ToArray());
    }

    [TestMethod]
    public void Keys_without_values_have_no_names()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows().Select((row, i) => new KeyRow { Features = row.Features, Label = (uint)(i % 3) }));
        var model = Trainer().Fit(data);

        Assert.IsNull(model.Model.ClassNames);
        Assert.IsNull(Reloaded(model, data).ClassNames);
    }

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(1, true)]
    [DataRow(2, false)]
    public void Training_goes_on_with_the_same_classes_in_another_order(int ensembleSize, bool loaded)
    {
        IDataView data = Mapped(Rows()), reversed = Mapped(Enumerable.Reverse(Rows()));
        var first = Trainer(ensembleSize: ensembleSize).Fit(data);
        SimpleNnMulticlassModelParameters model = loaded ? Reloaded(first, data) : first.Model;
        // So small a step that what is seen is the model that was given.
        var second = Trainer(learningRate: 1e-9f, ensembleSize).Fit(reversed, model);

        CollectionAssert.AreEqual(new[] { "k2", "k1", "k0" }, second.Model.ClassNames!.ToArray());
        Assert.AreEqual(1, _ml.MulticlassClassification.Evaluate(first.Transform(data)).MicroAccuracy);
        Assert.AreEqual(1, _ml.MulticlassClassification.Evaluate(second.Transform(reversed)).MicroAccuracy);
        float[] before = first.Model.Predict([1, 0, 0]), after = second.Model.Predict([1, 0, 0]);
        for (int i = 0; i < 3; i++) Assert.AreEqual(before[i], after[2 - i], 1e-5);
    }

    /// <summary>What the optimizer remembers goes along with the outputs: two runs in either order of the classes are the same.</summary>
    [TestMethod]
    public void The_state_of_the_optimizer_is_in_the_new_order_too()
    {
        IDataView data = Mapped(Rows()), reversed = MappedInOrder(Rows(), "k2", "k1", "k0");
        SimpleNnMulticlassTrainer trainer = Trainer(keepState: true);
        SimpleNnMulticlassModelParameters first = trainer.Fit(data).Model;
        float[] same = trainer.Fit(data, first).Model.Predict([0.3f, 0.4f, 0]), other = trainer.Fit(reversed, first).Model.Predict([0.3f, 0.4f, 0]);

        for (int i = 0; i < 3; i++) Assert.AreEqual(same[i], other[2 - i], 1e-5);
    }

    [TestMethod]
    public void Other_classes_are_refused_with_both_lists()
    {
        SimpleNnMulticlassModelParameters model = Trainer().Fit(Mapped(Rows())).Model;

        AssertRefused("The given model cannot be trained further: it tells 'k0', 'k1', 'k2' apart, but label column 'Label' has 'k0', 'k1', 'new', so that the model does not know 'new' and knows 'k2' besides. " +
            "Give it data whose label was made in the same way as that of the model, for example by the MapValueToKey that was fitted with it, or train a new model.",
            model, Rows().Select(row => row with { Label = row.Label == "k2" ? "new" : row.Label }));
        AssertRefused("The given model cannot be trained further: it tells 'k0', 'k1', 'k2' apart, but label column 'Label' has 'k0', 'k1', so that the model knows 'k2' besides. " +
            "Give it data whose label was made in the same way as that of the model, for example by the MapValueToKey that was fitted with it, or train a new model.",
            model, Rows().Where(row => row.Label != "k2"));
    }

    [TestMethod]
    public void The_mapping_that_was_fitted_with_the_model_is_the_remedy()
    {
        Microsoft.ML.Transforms.ValueToKeyMappingTransformer mapping = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(_ml.Data.LoadFromEnumerable(Rows()));
        SimpleNnMulticlassModelParameters model = Trainer().Fit(mapping.Transform(_ml.Data.LoadFromEnumerable(Rows()))).Model;
        IDataView fewer = mapping.Transform(_ml.Data.LoadFromEnumerable(Rows().Where(row => row.Label != "k2")));

        Assert.AreEqual(1, _ml.MulticlassClassification.Evaluate(Trainer().Fit(fewer, model).Transform(fewer)).MicroAccuracy);
    }

    [TestMethod]
    public void Names_on_one_side_only_are_a_warning()
    {
        var log = new LogCapture(_ml);
        SimpleNnMulticlassModelParameters model = Trainer().Fit(Mapped(Rows())).Model;
        Trainer().Fit(_ml.Data.LoadFromEnumerable(Rows().Select((row, i) => new KeyRow { Features = row.Features, Label = (uint)(i % 3) })), model);

        CollectionAssert.AreEqual(new[] { "The classes of label column 'Label' have no names, so that they are taken to be in the same order as those of the given model." }, log.Warnings);
    }

    [TestMethod]
    public void Slots_of_a_label_of_several_numbers_go_by_their_names_too()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Sizes { Features = [i % 3, 0, 0], Height = i % 3, Width = 500 - i % 3 }));
        IDataView Joined(params string[] names) => _ml.Transforms.Concatenate("Label", names).Fit(data).Transform(data);
        SimpleNnRegressionTrainer Trainer(float learningRate) => _ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
        {
            HiddenLayers = [8],
            NumberOfEpochs = 20,
            EarlyStopping = false,
            Seed = 1,
            Optimizer = new AdamOptimizer { LearningRate = learningRate },
        });
        var first = Trainer(0.01f).Fit(Joined("Height", "Width")).Model;
        var second = Trainer(1e-9f).Fit(Joined("Width", "Height"), first).Model;

        for (int i = 0; i < 2; i++) Assert.AreEqual(first.Predict([1, 0, 0])[i], second.Predict([1, 0, 0])[1 - i], 1e-3);
        Assert.Contains("it tells 'Height', 'Width' apart, but label column 'Label' has 'Height', 'Height2', so that the model does not know 'Height2' and knows 'Width' besides.",
            Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(0.01f).Fit(Renamed(data), first)).Message);
    }

    /// <summary>Models/Saved/multiclass-without-names-v3.zip was saved before names were kept.</summary>
    [TestMethod]
    public void A_model_without_names_loads_predicts_as_it_did_and_is_trained_further_with_a_warning()
    {
        var log = new LogCapture(_ml);
        var old = (SimpleNnMulticlassModelParameters)((ISingleFeaturePredictionTransformer<object>)_ml.Model.Load(Path.Combine(AppContext.BaseDirectory, "Models", "Saved", "multiclass-without-names-v3.zip"), out _)).Model;
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        options.HiddenLayers = null;
        _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(BlobTask.Keyed(_ml, Blob.Rows()), old);

        Assert.IsNull(old.ClassNames);
        CollectionAssert.AreEqual(new[] { 0.35562488f, 0.2989068f, 0.3454683f, 0.38214388f, 0.30994418f, 0.30791196f }, old.Predict([1, 2, 3, 4]).Concat(old.Predict([5, -1, 0, 0.5f])).ToArray());
        CollectionAssert.AreEqual(new[] { "The classes of the given model have no names, so that they are taken to be in the same order as those of label column 'Label'." }, log.Warnings);
    }

    /// <summary>A column of few classes may be a key of one or two bytes, or of eight.</summary>
    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt16)]
    [DataRow(DataKind.UInt64)]
    public void Keys_of_any_size_are_labels(DataKind kind)
    {
        IDataView data = Mapped(Rows());
        IDataView converted = _ml.Transforms.Conversion.ConvertType("Label", outputKind: kind).Fit(data).Transform(data);
        var model = Trainer().Fit(converted);

        CollectionAssert.AreEqual(Trainer().Fit(data).Model.Predict([0.5f, 0.2f, 0]), model.Model.Predict([0.5f, 0.2f, 0]));
        Assert.AreEqual(1, _ml.MulticlassClassification.Evaluate(model.Transform(converted)).MicroAccuracy);
    }

    private IDataView Renamed(IDataView data) => _ml.Transforms.CopyColumns("Height2", "Width").Append(_ml.Transforms.Concatenate("Label", "Height", "Height2")).Fit(data).Transform(data);

    private void AssertRefused(string message, SimpleNnMulticlassModelParameters model, IEnumerable<Row> rows) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<InvalidOperationException>(() => Trainer().Fit(Mapped(rows), model)).Message);

    private SimpleNnMulticlassTrainer Trainer(float learningRate = 0.02f, int ensembleSize = 1, bool keepState = false) => _ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
    {
        HiddenLayers = [8],
        NumberOfEpochs = 15,
        EarlyStopping = false,
        Seed = 1,
        NumberOfThreads = 1,
        EnsembleSize = ensembleSize,
        KeepOptimizerState = keepState,
        Optimizer = new AdamOptimizer { LearningRate = learningRate },
    });

    private SimpleNnMulticlassModelParameters Reloaded(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return (SimpleNnMulticlassModelParameters)((ISingleFeaturePredictionTransformer<object>)_ml.Model.Load(stream, out _)).Model;
    }

    private IDataView Mapped(IEnumerable<Row> rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private IDataView MappedInOrder(IEnumerable<Row> rows, params string[] names)
    {
        Microsoft.ML.Transforms.ValueToKeyMappingTransformer mapping = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(_ml.Data.LoadFromEnumerable(names.Select(name => new Row { Label = name, Features = [0, 0, 0] })));
        return mapping.Transform(_ml.Data.LoadFromEnumerable(rows));
    }

    private static Row[] Rows() => [.. Enumerable.Range(0, 90).Select(i => new Row { Label = $"k{i % 3}", Features = [i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0] })];

    private sealed record Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class KeyRow
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class Sizes
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public float Height { get; set; }

        public float Width { get; set; }
    }
}
