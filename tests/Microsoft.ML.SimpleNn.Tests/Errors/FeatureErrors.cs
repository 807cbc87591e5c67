using Microsoft.ML.Trainers.SimpleNn;
using Microsoft.ML.Transforms;
using static Microsoft.ML.SimpleNn.Tests.Errors.ErrorCase;

namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>Feature columns that are missing, of another type, or with a value that cannot be used.</summary>
internal static class FeatureErrors
{
    public static readonly ErrorCase[] Cases =
    [
        new("MonotoneFeatures of features without names", "MonotoneFeatures names features, but feature column 'Features' has no names of its slots: make it with mlContext.Transforms.Concatenate(\"Features\", ...) of columns of one number each, whose names the slots then have.")
        {
            Options = Monotone("Sign", 1), Transform = ml => ml.Transforms.Concatenate("Features", "Sign", "OneOrTwo"),
        },
        new("MonotoneFeatures of a feature that there is not", "MonotoneFeatures names the feature 'Area', but no slot of feature column 'Features' has that name: it has 'Sign', 'OneOrTwo'.")
        {
            Options = Monotone("Area", 1), Data = Named, Change = Monotone("OneOrTwo", 1),
        },
        new("MonotoneFeatures with a direction that is none", "MonotoneFeatures[\"Sign\"] is 0: it must be 1 where the score may not fall as the feature grows, and -1 where it may not rise; leave out a feature that may change it either way.")
        {
            Options = Monotone("Sign", 0), Data = Named, Change = Monotone("Sign", -1),
        },
        new("MonotoneFeatures with an activation that falls", "Activation is GELU: it must be ReLU, LeakyReLU or Identity with MonotoneFeatures, which needs an activation that keeps the order of all numbers.")
        {
            Options = Monotone("Sign", 1) + (options => options.Activation = Activation.GELU), Data = Named, Change = options => options.Activation = Activation.LeakyReLU,
        },
        new("MonotoneFeatures with L-BFGS", "MonotoneFeatures is a list of 1: it must be null with LbfgsOptimizer, which knows no bounds of the weights; take another optimizer for it.")
        {
            Options = Monotone("Sign", 1) + (options => options.Optimizer = new LbfgsOptimizer()), Data = Named, Change = options => options.Optimizer = new AdamOptimizer(),
        },
        new("no such feature column", "There is no feature column 'Pixels' in the data, which has 'Features', 'Number': make it, for example with mlContext.Transforms.Concatenate(\"Pixels\", ...), or name another column.")
        {
            Options = Features("Pixels"), Data = ml => Only(ml, "Features", "Number"), Transform = ml => ml.Transforms.Concatenate("Pixels", "Features"),
        },
        OfType("Number", "Single", "make a vector of it, and of the other features, with mlContext.Transforms.Concatenate(\"Number\", \"Number\")", ml => ml.Transforms.Concatenate("Number", "Number")),
        OfType("Real", "Double", "convert it with mlContext.Transforms.Conversion.ConvertType(\"Real\", outputKind: DataKind.Single), and make a vector of it, and of the other features, with mlContext.Transforms.Concatenate(\"Real\", \"Real\")",
            ml => ml.Transforms.Conversion.ConvertType("Real").Append(ml.Transforms.Concatenate("Real", "Real"))),
        OfType("Flag", "Boolean", "convert it with mlContext.Transforms.Conversion.ConvertType(\"Flag\", outputKind: DataKind.Single), and make a vector of it, and of the other features, with mlContext.Transforms.Concatenate(\"Flag\", \"Flag\")",
            ml => ml.Transforms.Conversion.ConvertType("Flag").Append(ml.Transforms.Concatenate("Flag", "Flag"))),
        OfType("Reals", "Vector<Double>", "convert it with mlContext.Transforms.Conversion.ConvertType(\"Reals\", outputKind: DataKind.Single)", ml => ml.Transforms.Conversion.ConvertType("Reals")),
        OfType("Flags", "Vector<Boolean>", "convert it with mlContext.Transforms.Conversion.ConvertType(\"Flags\", outputKind: DataKind.Single)", ml => ml.Transforms.Conversion.ConvertType("Flags")),
        OfType("Colour", "String", "make numbers of it, of free text with mlContext.Transforms.Text.FeaturizeText(\"Colour\"), of the names of categories with mlContext.Transforms.Categorical.OneHotEncoding(\"Colour\")",
            ml => ml.Transforms.Text.FeaturizeText("Colour"), "free text"),
        OfType("Colour", "String", "make numbers of it, of free text with mlContext.Transforms.Text.FeaturizeText(\"Colour\"), of the names of categories with mlContext.Transforms.Categorical.OneHotEncoding(\"Colour\")",
            ml => ml.Transforms.Categorical.OneHotEncoding("Colour"), "names of categories"),
        OfType("Words", "Vector<String>", "make numbers of the texts with mlContext.Transforms.Categorical.OneHotEncoding(\"Words\", outputKind: OneHotEncodingEstimator.OutputKind.Bag)",
            ml => ml.Transforms.Categorical.OneHotEncoding("Words", outputKind: OneHotEncodingEstimator.OutputKind.Bag)),
        OfType("Key", "Key<UInt32>", "make indicators of the keys with mlContext.Transforms.Conversion.MapKeyToVector(\"Key\")", ml => ml.Transforms.Conversion.MapKeyToVector("Key")),
        new("features: a vector of keys", "Feature column 'Words' is Vector<Key<UInt32>>, but must be a vector of Single of known size: make indicators of the keys with mlContext.Transforms.Conversion.MapKeyToVector(\"Words\", outputCountVector: true).")
        {
            Options = Features("Words"), Data = WordKeys, Transform = ml => ml.Transforms.Conversion.MapKeyToVector("Words", outputCountVector: true),
        },
        OfType("Image", "Image<4, 4>", "make pixels of it with mlContext.Transforms.ResizeImages(\"Image\", 28, 28), in the size that suits the images, and mlContext.Transforms.ExtractPixels(\"Image\")",
            ml => ml.Transforms.ResizeImages("Image", 28, 28).Append(ml.Transforms.ExtractPixels("Image"))),
        OfType("Moment", "DateTime", "make numbers of it with mlContext.Transforms.CustomMapping, for example of a time its hour and its day of the week",
            ml => ml.Transforms.CustomMapping<MomentRow, Hours>((row, hours) => hours.Moment = [row.Moment.Hour, row.Moment.Month], null)),
        new("features: a vector of unknown size", "Feature column 'Loose' is a vector of unknown size, but a network has a fixed number of features: state the size where the column is made, for example [VectorType(size)] on the class's property, or the SchemaDefinition of LoadFromEnumerable.")
        {
            Options = Features("Loose"), Mended = Sized,
        },
        new("a feature vector of another length than declared", "Feature column 'Features' has 2 values in row 7 of the training data (counted from 1), but declares 3: give every row 3, with NaN where a number is missing, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Data = Rows(rows => rows[6].Features = [1, 2]), Mended = Rows(rows => rows[6].Features = [1, 2, float.NaN]),
        },
        new("a feature vector that is null", "Feature column 'Features' has no values, a vector that is null or empty, in row 7 of the training data (counted from 1), but declares 3: give every row 3, with NaN where a number is missing, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Data = Rows(rows => rows[6].Features = null!),
            Mended = ml => ml.Data.FilterByCustomPredicate<FeatureRow>(Rows(rows => rows[6].Features = null!)(ml), row => row.Features is not { Length: 3 }),
        },
        new("an index outside its sparse vector", "Feature column 'Sparse' has the index 4 in the sparse vector of row 2 of the training data (counted from 1): the indices of 4 values ascend and are from 0 to 3. Correct what makes the vector.")
        {
            Options = Features("Sparse"), Data = Rows(rows => rows[1].Sparse = new(4, 1, [1], [4])), Mended = Rows(rows => rows[1].Sparse = new(4, 1, [1], [3])),
        },
        new("a negative index of a sparse vector", "Feature column 'Sparse' has the index -1 in the sparse vector of row 2 of the training data (counted from 1): the indices of 4 values ascend and are from 0 to 3. Correct what makes the vector.")
        {
            Options = Features("Sparse"), Data = Rows(rows => rows[1].Sparse = new(4, 1, [1], [-1])), Mended = Rows(rows => rows[1].Sparse = new(4, 1, [1], [1])),
        },
        new("indices of a sparse vector that do not ascend", "Feature column 'Sparse' has the index 0 after 2 in the sparse vector of row 2 of the training data (counted from 1): the indices of 4 values ascend and are from 0 to 3. Correct what makes the vector.")
        {
            Options = Features("Sparse"), Data = Rows(rows => rows[1].Sparse = new(4, 2, [1, 1], [2, 0])), Mended = Rows(rows => rows[1].Sparse = new(4, 2, [1, 1], [0, 2])),
        },
        new("a feature that is NaN, with MissingFeatures.Refuse", "Feature column 'Features' has NaN, a missing value, in row 5 of the training data (counted from 1), slot 2: fill it before the trainer, for example with mlContext.Transforms.ReplaceMissingValues(\"Features\"), or leave such rows out with mlContext.Data.FilterRowsByMissingValues.")
        {
            Options = options => options.MissingFeatures = MissingFeatures.Refuse, Data = Rows(rows => rows[4].Features[2] = float.NaN), Transform = ml => ml.Transforms.ReplaceMissingValues("Features"),
        },
        new("a feature that is infinite", "Feature column 'Features' has positive infinity in row 5 of the training data (counted from 1), slot 0: correct the value, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Data = Rows(rows => rows[4].Features[0] = float.PositiveInfinity),
            Mended = ml => ml.Data.FilterByCustomPredicate<FeatureRow>(Rows(rows => rows[4].Features[0] = float.PositiveInfinity)(ml), row => row.Features.Any(float.IsInfinity)),
        },
        new("a feature that is negative infinity", "Feature column 'Features' has negative infinity in row 1 of the training data (counted from 1), slot 1: correct the value, or leave such rows out with mlContext.Data.FilterByCustomPredicate.")
        {
            Data = Rows(rows => rows[0].Features[1] = float.NegativeInfinity), Mended = Rows(rows => rows[0].Features[1] = float.NaN),
        },
        new("all rows have the same features", "All 60 rows of the training data have the same features in column 'Features': the model predicts the same for every row that is like them. Look at how the column is made.")
        {
            IsWarning = true, Data = Rows(rows => Array.ForEach(rows, row => row.Features = [1, 2, 3])),
        },
        new("pixels of images whose shape cannot be told", "ImageDistortion needs to know how the pixels lie in feature column 'Features', whose dimensions are 3: set ImageShape, for example to new ImageShape(height, width, channels), or give the column the dimensions of the images, as ExtractPixels and [VectorType(height, width)] do. A column of one dimension is taken for a grey image only where it is as high as wide.")
        {
            Options = options => options.ImageDistortion = new ImageDistortion(), Change = options => options.ImageShape = new ImageShape(1, 3),
        },
        new("a shape of images of another size than the rows", "ImageShape is 2 x 2 pixels of 1, 4 numbers in all, but feature column 'Features' has 3: set it to the height, width and channels of the images, whose product is that number.")
        {
            Options = options => (options.ImageDistortion, options.ImageShape) = (new ImageDistortion(), new ImageShape(2, 2)), Change = options => options.ImageShape = new ImageShape(1, 3),
        },
    ];

    private static ErrorCase OfType(string column, string type, string remedy, Func<MLContext, IEstimator<ITransformer>> transform, string? detail = null) => new(
        $"features: {type}{(detail is null ? "" : $", {detail}")}", $"Feature column '{column}' is {type}, but must be a vector of Single of known size: {remedy}.")
    { Options = Features(column), Transform = transform };

    private static IDataView Only(MLContext ml, params string[] columns)
    {
        IDataView all = ml.Data.LoadFromEnumerable(ErrorRow.Rows());
        return ml.Transforms.SelectColumns(columns).Fit(all).Transform(all);
    }

    private static IDataView WordKeys(MLContext ml)
    {
        IDataView all = ml.Data.LoadFromEnumerable(ErrorRow.Rows());
        return ml.Transforms.Conversion.MapValueToKey("Words").Fit(all).Transform(all);
    }

    private static IDataView Sized(MLContext ml)
    {
        var schema = Microsoft.ML.Data.SchemaDefinition.Create(typeof(ErrorRow));
        schema["Loose"].ColumnType = new Microsoft.ML.Data.VectorDataViewType(Microsoft.ML.Data.NumberDataViewType.Single, 3);
        return ml.Data.LoadFromEnumerable(ErrorRow.Rows(), schema);
    }

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Hours
    {
        [Microsoft.ML.Data.VectorType(2)]
        public float[] Moment { get; set; } = [];
    }

    private static Action<SimpleNnOptionsBase> Monotone(string feature, int direction) =>
        options => ((SimpleNnRegressionTrainer.Options)options).MonotoneFeatures = new() { [feature] = direction };

    private static IDataView Named(MLContext ml)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(ErrorRow.Rows());
        return ml.Transforms.Concatenate("Features", "Sign", "OneOrTwo").Fit(rows).Transform(rows);
    }
}
