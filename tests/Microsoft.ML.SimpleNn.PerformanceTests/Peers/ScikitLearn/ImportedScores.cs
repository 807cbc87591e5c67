using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>Puts scores that came from Python beside the labels, as ML.NET's evaluators want them.</summary>
internal static class ImportedScores
{
    /// <summary>The tested rows with their scores: probabilities of the classes, or numbers.</summary>
    public static IDataView ToDataView(MLContext ml, Problem problem, IDataView test, float[][] scores)
    {
        switch (problem)
        {
            case Problem.Binary:
                return ml.Data.LoadFromEnumerable(test.GetColumn<bool>("Label").Zip(scores, (label, score) =>
                    new YesOrNo { Label = label, Probability = score[1], Score = score[1] - score[0], PredictedLabel = score[1] > score[0] }));
            case Problem.Multiclass: // ML.NET counts keys from 1, and those that it takes from objects from 0
                var schema = SchemaDefinition.Create(typeof(OneOfSeveral));
                var key = new KeyDataViewType(typeof(uint), scores[0].Length);
                (schema[nameof(OneOfSeveral.Label)].ColumnType, schema[nameof(OneOfSeveral.PredictedLabel)].ColumnType) = (key, key);
                schema[nameof(OneOfSeveral.Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, scores[0].Length);
                return ml.Data.LoadFromEnumerable(test.GetColumn<uint>("Label").Zip(scores, (label, score) =>
                    new OneOfSeveral { Label = label - 1, Score = score, PredictedLabel = (uint)Array.IndexOf(score, score.Max()) }), schema);
            case Problem.Regression:
                return ml.Data.LoadFromEnumerable(test.GetColumn<float>("Label").Zip(scores, (label, score) => new Number { Label = label, Score = score[0] }));
            case Problem.Labels:
                return ScoredAnswers.ToDataView(ml, [.. test.GetColumn<bool[]>("Label").Zip(scores, (labels, score) => new ScoredAnswers(Array.ConvertAll(labels, label => label ? 1f : 0f), score))]);
            default:
                return ScoredAnswers.ToDataView(ml, [.. test.GetColumn<float[]>("Label").Zip(scores, (labels, score) => new ScoredAnswers(labels, score))]);
        }
    }

    private sealed class YesOrNo
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class OneOfSeveral
    {
        [KeyType(1)] // the number of classes is set with the rows
        public uint Label { get; set; }

        [KeyType(1)] // the number of classes is set with the rows
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }

    private sealed class Number
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }
}
