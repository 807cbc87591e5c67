using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Data that cannot be learnt from is refused, never dropped in silence: each case with the message that the user reads.</summary>
[TestClass]
public sealed class BadInputTests
{
    private readonly MLContext _ml = new(seed: 1);

    private void AssertRefused<TException>(string message, IDataView data, string? weightColumn = null) where TException : Exception
    {
        var options = BlobTask.Options();
        (options.ExampleWeightColumnName, options.MissingFeatures) = (weightColumn, MissingFeatures.Refuse);
        var error = Assert.ThrowsExactly<TException>(() => _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(data));
        Assert.AreEqual(message, error.Message);
    }

    private IDataView Keyed(List<Blob> rows, Action<List<Blob>>? change = null)
    {
        change?.Invoke(rows);
        return BlobTask.Keyed(_ml, rows);
    }

    [TestMethod]
    public void Missing_feature() => AssertRefused<InvalidOperationException>(
        "Feature column 'Features' has NaN, a missing value, in row 18 of the training data (counted from 1), slot 2: fill it before the trainer, for example with mlContext.Transforms.ReplaceMissingValues(\"Features\"), or leave such rows out with mlContext.Data.FilterRowsByMissingValues.",
        Keyed(Blob.Rows(), rows => rows[17].Features[2] = float.NaN));

    [TestMethod]
    [DataRow(float.PositiveInfinity, "positive")]
    [DataRow(float.NegativeInfinity, "negative")]
    public void Infinite_feature(float value, string sign) => AssertRefused<InvalidOperationException>(
        $"Feature column 'Features' has {sign} infinity in row 1 of the training data (counted from 1), slot 0: correct the value, or leave such rows out with mlContext.Data.FilterByCustomPredicate.",
        Keyed(Blob.Rows(), rows => rows[0].Features[0] = value));

    [TestMethod]
    public void Missing_feature_with_a_name()
    {
        var rows = Blob.Rows(12).Select(row => new { row.Label, Height = row.Features[0], Width = row.Label == Blob.Classes[0] ? float.NaN : row.Features[1] });
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView named = _ml.Transforms.Concatenate("Features", "Height", "Width").Append(_ml.Transforms.Conversion.MapValueToKey("Label")).Fit(data).Transform(data);

        AssertRefused<InvalidOperationException>(
            "Feature column 'Features' has NaN, a missing value, in row 1 of the training data (counted from 1), slot 1 'Width': fill it before the trainer, for example with mlContext.Transforms.ReplaceMissingValues(\"Features\"), or leave such rows out with mlContext.Data.FilterRowsByMissingValues.",
            named);
    }

    [TestMethod]
    public void No_rows() => AssertRefused<InvalidOperationException>(
        "The training data has no rows: check the file name or the filters before the trainer.", Keyed([]));

    [TestMethod]
    public void No_row_with_a_label() => AssertRefused<InvalidOperationException>(
        "No row of the training data can be used: 12 of 12 have no label in column 'Label'. A label is missing when it is empty or is not among the values that MapValueToKey was given.",
        Keyed(Blob.Rows(12), rows => rows.ForEach(row => row.Label = "rose")));

    [TestMethod]
    public void No_row_with_a_weight() => AssertRefused<InvalidOperationException>(
        "No row of the training data can be used: all 12 have the weight 0.",
        Keyed(Blob.Rows(12), rows => rows.ForEach(row => row.Weight = 0)), "Weight");

    [TestMethod]
    public void Labels_where_weights_are_not() => AssertRefused<InvalidOperationException>(
        "No row of the training data can be used: 4 of 12 have no label in column 'Label', the others have the weight 0. A label is missing when it is empty or is not among the values that MapValueToKey was given.",
        Keyed(Blob.Rows(12), rows => rows.ForEach(row => (row.Weight, row.Label) = row.Label == "setosa" ? (1, "rose") : (0, row.Label))), "Weight");

    [TestMethod]
    public void One_class_only() => AssertRefused<InvalidOperationException>(
        "All rows with a label in column 'Label' are of one class, 'versicolor': a classifier needs rows of two classes or more.",
        Keyed(Blob.Rows(12), rows => rows.ForEach(row => row.Label = "versicolor")));

    [TestMethod]
    [DataRow(-1f, "-1")]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    public void Weight_that_is_none(float weight, string text) => AssertRefused<InvalidOperationException>(
        $"Weight column 'Weight' has {text} in row 5 of the training data (counted from 1): a weight is a finite number, 0 or more, and 0 leaves the row out. Correct it before the trainer.",
        Keyed(Blob.Rows(12), rows => rows[4].Weight = weight), "Weight");

    [TestMethod]
    public void Text_label() => AssertRefused<ArgumentOutOfRangeException>(
        "Label column 'Label' is String, but a classifier of several classes needs a key: make one with mlContext.Transforms.Conversion.MapValueToKey(\"Label\") before the trainer. (Parameter 'labelCol')",
        _ml.Data.LoadFromEnumerable(Blob.Rows(12)));

    [TestMethod]
    public void Number_as_label() => AssertRefused<ArgumentOutOfRangeException>(
        "Label column 'Label' is Single, but a classifier of several classes needs a key: make one with mlContext.Transforms.Conversion.MapValueToKey(\"Label\") before the trainer. (Parameter 'labelCol')",
        _ml.Data.LoadFromEnumerable(new[] { new NumberedBlob() }));

    [TestMethod]
    public void Key_of_too_many_values()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Blob.Rows(12));
        IDataView hashed = _ml.Transforms.Conversion.Hash("Label", numberOfBits: 30).Fit(data).Transform(data);
        AssertRefused<InvalidOperationException>(
            "Label column 'Label' is a key of 1073741824 values, but a network may have at most 16777216 classes: map the labels that occur in the data to keys with mlContext.Transforms.Conversion.MapValueToKey(\"Label\").",
            hashed);
    }

    [TestMethod]
    public void Feature_vector_of_unknown_size()
    {
        var schema = SchemaDefinition.Create(typeof(Blob));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single);
        AssertRefused<ArgumentOutOfRangeException>(
            "Feature column 'Features' is a vector of unknown size, but a network has a fixed number of features: state the size where the column is made, for example [VectorType(size)] on the class's property, or the SchemaDefinition of LoadFromEnumerable. (Parameter 'schema')",
            _ml.Data.LoadFromEnumerable(Blob.Rows(12), schema));
    }

    [TestMethod]
    public void Features_of_another_type()
    {
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(12));
        AssertRefused<ArgumentOutOfRangeException>(
            "Feature column 'Features' is Vector<Double>, but must be a vector of Single of known size: convert it with mlContext.Transforms.Conversion.ConvertType(\"Features\", outputKind: DataKind.Single). (Parameter 'schema')",
            _ml.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Double).Fit(data).Transform(data));
    }

    [TestMethod]
    public void No_such_feature_column()
    {
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(12));
        AssertRefused<ArgumentOutOfRangeException>(
            "There is no feature column 'Features' in the data, which has 'Label', 'Weight': make it, for example with mlContext.Transforms.Concatenate(\"Features\", ...), or name another column. (Parameter 'schema')",
            _ml.Transforms.SelectColumns("Label", "Weight").Fit(data).Transform(data));
    }

    [TestMethod]
    public void Validation_rows_with_another_number_of_features()
    {
        IDataView training = BlobTask.Keyed(_ml, Blob.Rows(12));
        IDataView wider = _ml.Transforms.Concatenate("Features", "Features", "Weight").Fit(training).Transform(training);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(training, wider));
        Assert.AreEqual("Feature column 'Features' has 5 features in the validation data and 4 in the training data: prepare both with the same pipeline.", error.Message);
    }

    [TestMethod]
    public void Missing_feature_in_a_validation_row()
    {
        IDataView training = BlobTask.Keyed(_ml, Blob.Rows(12)), validation = Keyed(Blob.Rows(12), rows => rows[3].Features[1] = float.NaN);
        var options = BlobTask.Options();
        options.MissingFeatures = MissingFeatures.Refuse;
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(training, validation));
        Assert.StartsWith("Feature column 'Features' has NaN, a missing value, in row 4 of the validation data (counted from 1), slot 1: ", error.Message);
    }

    [TestMethod]
    public void A_pipeline_tells_what_the_trainer_tells()
    {
        var schema = SchemaDefinition.Create(typeof(Blob));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single);
        IDataView data = _ml.Data.LoadFromEnumerable(Blob.Rows(12), schema);
        Assert.StartsWith("Feature column 'Features' is a vector of unknown size, ", Assert.Throws<ArgumentOutOfRangeException>(() => BlobTask.Pipeline(_ml).Fit(data)).Message);
    }

    [TestMethod]
    public void Validation_rows_with_other_classes()
    {
        IDataView training = BlobTask.Keyed(_ml, Blob.Rows(12)), text = _ml.Data.LoadFromEnumerable(Enumerable.Reverse(Blob.Rows(12)));
        IDataView otherOrder = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(text).Transform(text);
        IDataView fewer = _ml.Data.LoadFromEnumerable(Blob.Rows(12).Where(row => row.Label != "setosa"));
        IDataView twoClasses = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(fewer).Transform(fewer);
        var trainer = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options());

        Assert.AreEqual("Class 1 of label column 'Label' is 'virginica' in the validation data and 'setosa' in the training data: prepare both with the same fitted MapValueToKey.",
            Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(training, otherOrder)).Message);
        Assert.AreEqual("Label column 'Label' has 2 classes in the validation data and 3 in the training data: prepare both with the same fitted MapValueToKey.",
            Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(training, twoClasses)).Message);
    }

    [TestMethod]
    public void Weight_column_of_another_type()
    {
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(12));
        AssertRefused<ArgumentOutOfRangeException>(
            "Weight column 'Weight' is Double, but must be Single: make it one with mlContext.Transforms.Conversion.ConvertType(\"Weight\", outputKind: DataKind.Single). (Parameter 'schema')",
            _ml.Transforms.Conversion.ConvertType("Weight", outputKind: DataKind.Double).Fit(data).Transform(data), "Weight");
    }

    [TestMethod]
    public void No_such_weight_column() => AssertRefused<ArgumentOutOfRangeException>(
        "There is no weight column 'Importance' in the data, which has 'Label', 'Features', 'Weight': name another column, or none. (Parameter 'schema')",
        BlobTask.Keyed(_ml, Blob.Rows(12)), "Importance");

    [TestMethod]
    public void Layer_of_too_many_weights()
    {
        var options = BlobTask.Options();
        options.HiddenLayers = [int.MaxValue];
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => BlobTask.Train(_ml, Blob.Rows(12), options));
        Assert.AreEqual("A layer of 4 inputs and 2147483647 outputs has more than the about 1073741824 weights that a layer may have: use fewer features, fewer units in HiddenLayers or fewer classes.", error.Message);
    }

    private sealed class NumberedBlob
    {
        public float Label { get; set; }

        [VectorType(Blob.FeatureCount)]
        public float[] Features { get; set; } = [];
    }
}
