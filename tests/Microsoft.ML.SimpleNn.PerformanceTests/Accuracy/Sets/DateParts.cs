using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>A date in numbers: year, month, day, and day of the week.</summary>
internal sealed class DateParts
{
    [VectorType(4)]
    public float[] Parts { get; set; } = [];

    /// <summary>Takes a date apart.</summary>
    public void Fill(DateTime date) => Parts = [date.Year, date.Month, date.Day, (int)date.DayOfWeek];
}
