using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML;

/// <summary>What a model with a SimpleNn network in it can do beyond the <see cref="ModelOperationsCatalog"/> of ML.NET.</summary>
public static class SimpleNnModelExtensions
{
    /// <summary>
    /// Makes a model that was loaded score whole views in batches of rows, as a model does that comes from Fit:
    /// <c>ITransformer model = mlContext.Model.ScoreInBatches(mlContext.Model.Load(path, out _));</c>. The scores are the same to the bit.
    /// </summary>
    /// <remarks>
    /// ML.NET makes the transformers of a loaded model by itself, and asks them for one row after the other, for each of which a large network is read from memory. In batches its cursors read up
    /// to 256 rows ahead. Networks so small that this would not pay, sparse rows, and transformers without a network stay as they are.
    /// </remarks>
    /// <param name="catalog">The operations with models of an <see cref="MLContext"/>.</param>
    /// <param name="model">The model: a transformer, or a chain of them. It is changed.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentNullException">The catalog or the model is null.</exception>
    public static ITransformer ScoreInBatches(this ModelOperationsCatalog catalog, ITransformer model)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(model, nameof(model));
        // ML.NET's reference assembly does not tell that the catalog has an environment, as all its catalogs do.
        LookAheadScorer.AddToAll(((IInternalCatalog)(object)catalog).Environment, model);
        return model;
    }
}
