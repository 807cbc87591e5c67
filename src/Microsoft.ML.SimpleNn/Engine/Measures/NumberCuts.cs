namespace Microsoft.ML.SimpleNn;

/// <summary>Into how many pieces each number is cut, and where else.</summary>
/// <param name="Pieces">The most pieces of each, at quantiles; 0 for none.</param>
/// <param name="Steps">The most steps of each, where the classes change; 0 for none.</param>
/// <param name="Classes">The number of classes that targets are.</param>
internal readonly record struct NumberCuts(int Pieces, int Steps, int Classes);
