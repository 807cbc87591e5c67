using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn.IO;
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
    /// ML.NET makes the transformers of a loaded model by itself, and asks them for one row after the other, for each of which a large network is read from
    /// memory. In batches its cursors read up
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

    /// <summary>
    /// Saves a model as <see cref="ModelOperationsCatalog.Save(ITransformer, DataViewSchema, string)"/> does, but never loses the one that is there: the path
    /// has, at every moment, the whole
    /// old model or the whole new one.
    /// </summary>
    /// <remarks>
    /// ML.NET writes in place, so that a process that is killed, or a disk that is full, leaves neither. Here the model is written to a temporary file in the
    /// same folder, flushed to the disk, and
    /// renamed; on a failure the temporary file is removed. One that a killed process has left, <c>model.zip.(16 digits).saving</c>, is removed by the next
    /// save to the same path. The folder needs
    /// room for both models. Works for any transformer, with or without a SimpleNn network in it.
    /// </remarks>
    /// <param name="catalog">The operations with models of an <see cref="MLContext"/>.</param>
    /// <param name="model">The model: a transformer, or a chain of them.</param>
    /// <param name="inputSchema">The schema of the data that the model takes; null to save none.</param>
    /// <param name="filePath">The file. It need not exist; its folder must.</param>
    /// <exception cref="ArgumentNullException">The catalog, the model or the path is null.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not to be written to; the old one is as it was.</exception>
    public static void SaveAtomically(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string filePath)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(model, nameof(model));
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        AtomicFile.Write(filePath, stream => catalog.Save(model, inputSchema, stream));
    }
}
