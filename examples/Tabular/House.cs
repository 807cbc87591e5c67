using Microsoft.ML.Data;

namespace Tabular;

/// <summary>A row of cal_housing.data, a district of California: place, age, rooms, people, income, and the median value of a house.</summary>
internal sealed class House
{
    [LoadColumn(0, 7), VectorType(8)]
    public float[] Features { get; set; } = new float[8];

    [LoadColumn(8), ColumnName("Label")]
    public float Value { get; set; }
}
