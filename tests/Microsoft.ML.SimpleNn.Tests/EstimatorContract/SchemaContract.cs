using System.Reflection;

namespace Microsoft.ML.SimpleNn.Tests.EstimatorContract;

/// <summary>What every estimator promises of schemas.</summary>
internal static class SchemaContract
{
    /// <summary>Asserts that a schema has the columns that were foretold, each of the kind and type and with the annotations that were, and no others.</summary>
    public static void AssertForetold(SchemaShape foretold, DataViewSchema actual)
    {
        SchemaShape shapes = ShapeOf(actual);
        foreach (SchemaShape.Column column in foretold)
        {
            SchemaShape.Column shape = shapes.Single(other => other.Name == column.Name);
            Assert.AreEqual((column.Kind, column.ItemType, column.IsKey), (shape.Kind, shape.ItemType, shape.IsKey), column.Name);
            CollectionAssert.IsSubsetOf(column.Annotations.Select(a => a.Name).ToArray(), shape.Annotations.Select(a => a.Name).ToArray(), column.Name);
        }
        CollectionAssert.AreEquivalent(actual.Select(c => c.Name).Distinct().ToArray(), foretold.Select(c => c.Name).ToArray());
    }

    /// <summary>The name, type and annotations of each column.</summary>
    public static string[] Describe(DataViewSchema schema) =>
        schema.Select(c => $"{c.Name} {c.Type} {string.Join(",", c.Annotations.Schema.Select(a => a.Name))}").ToArray();

    /// <summary>ML.NET's own summary of a schema, as its estimators hand it on; the method is internal.</summary>
    public static SchemaShape ShapeOf(DataViewSchema schema) =>
        (SchemaShape)typeof(SchemaShape).GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, [schema])!;
}
