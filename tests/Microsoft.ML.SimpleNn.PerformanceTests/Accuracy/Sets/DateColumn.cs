namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>A row's date.</summary>
internal sealed class DateColumn
{
    public DateTime Date { get; set; }
}
