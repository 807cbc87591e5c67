using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tutorials;

/// <summary>The taxi tutorial of ML.NET: what will a trip in New York cost, by what is known before it begins?</summary>
internal static class TaxiFare
{
    public static void Run(MLContext ml, string trainingFile, string testFile, TextWriter output)
    {
        IDataView training = ml.Data.LoadFromTextFile<TaxiTrip>(trainingFile, hasHeader: true, separatorChar: ',');
        IDataView test = ml.Data.LoadFromTextFile<TaxiTrip>(testFile, hasHeader: true, separatorChar: ',');
        var pipeline = ml.Transforms.CopyColumns("Label", nameof(TaxiTrip.FareAmount))
            .Append(ml.Transforms.Categorical.OneHotEncoding("VendorIdEncoded", nameof(TaxiTrip.VendorId)))
            .Append(ml.Transforms.Categorical.OneHotEncoding("RateCodeEncoded", nameof(TaxiTrip.RateCode)))
            .Append(ml.Transforms.Categorical.OneHotEncoding("PaymentTypeEncoded", nameof(TaxiTrip.PaymentType)))
            .Append(ml.Transforms.Concatenate("Features",
                "VendorIdEncoded", "RateCodeEncoded", nameof(TaxiTrip.PassengerCount), nameof(TaxiTrip.TripDistance), "PaymentTypeEncoded"));

        output.WriteLine($"Taxi fares, {Count(training):N0} trips to learn from, {Count(test):N0} to test on");
        Report("FastTree", pipeline.Append(ml.Regression.Trainers.FastTree()).Fit(training));
        Report("SimpleNn", pipeline.Append(ml.Regression.Trainers.SimpleNn()).Fit(training));

        static int Count(IDataView trips) => trips.GetColumn<float>(nameof(TaxiTrip.FareAmount)).Count();

        void Report(string trainer, ITransformer model)
        {
            var metrics = ml.Regression.Evaluate(model.Transform(test));
            output.WriteLine($"  {trainer,-22} R² {metrics.RSquared:F4}, RMSE ${metrics.RootMeanSquaredError:F2}, "
                + $"mean absolute error ${metrics.MeanAbsoluteError:F2}");
        }
    }

    /// <summary>A row of taxi-fare-train.csv. The time of the trip, in column 3, is not known before it.</summary>
    private sealed class TaxiTrip
    {
        [LoadColumn(0)]
        public string VendorId { get; set; } = "";

        [LoadColumn(1)]
        public string RateCode { get; set; } = "";

        [LoadColumn(2)]
        public float PassengerCount { get; set; }

        [LoadColumn(4)]
        public float TripDistance { get; set; }

        [LoadColumn(5)]
        public string PaymentType { get; set; } = "";

        [LoadColumn(6)]
        public float FareAmount { get; set; }
    }
}
