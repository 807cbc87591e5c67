using Microsoft.ML.Data;

namespace Tabular;

/// <summary>A row of adult.data. An unknown category is "?"; an unknown number is NaN.</summary>
internal sealed class Person
{
    [LoadColumn(0)]
    public float Age { get; set; }

    [LoadColumn(1)]
    public string WorkClass { get; set; } = "";

    [LoadColumn(4)]
    public float EducationYears { get; set; }

    [LoadColumn(5)]
    public string MaritalStatus { get; set; } = "";

    [LoadColumn(6)]
    public string Occupation { get; set; } = "";

    [LoadColumn(7)]
    public string Relationship { get; set; } = "";

    [LoadColumn(9)]
    public string Sex { get; set; } = "";

    [LoadColumn(10)]
    public float CapitalGain { get; set; }

    [LoadColumn(11)]
    public float CapitalLoss { get; set; }

    [LoadColumn(12)]
    public float Hours { get; set; }

    [LoadColumn(13)]
    public string Country { get; set; } = "";

    [LoadColumn(14)]
    public string Income { get; set; } = "";
}
