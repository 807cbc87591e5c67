using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>What a training would take is said before it is taken.</summary>
[TestClass]
public sealed class NetworkMemoryTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_network_that_takes_more_memory_than_there_is_names_the_bytes_and_what_takes_less()
    {
        // (999 + 1) x (100 + 16) + (100 + 1) x (1 + 16) = 117,717 weights, three times, and twice more for Adam, 4 bytes each: 2,354,340.
        int[] sizes = [999, 100, 1];
        IExceptionContext host = (IHostEnvironment)_ml;
        NetworkShape.CheckSizes(host, sizes, new AdamOptimizer(), available: 2_354_340);

        var error = Assert.Throws<InvalidOperationException>(() => NetworkShape.CheckSizes(host, sizes, new AdamOptimizer(), available: 2_354_339));
        Assert.AreEqual("A network of 999-100-1 has 117,717 weights, and training it takes 0.0 GB: the weights 3 times, as they are, as they began and as they were best, and 2 numbers for each that AdamOptimizer remembers. " +
            "This process may use 0.0 GB. Use fewer features (a hash of fewer bits, a shorter dictionary), fewer units in HiddenLayers, fewer classes, or an optimizer that remembers less, such as new SgdOptimizer { Momentum = 0 }.", error.Message);
        NetworkShape.CheckSizes(host, sizes, new SgdOptimizer { Momentum = 0 }, available: 1_412_604);
    }

    [TestMethod]
    public void Twenty_million_sparse_features_are_refused_before_anything_is_measured_of_them()
    {
        const int Features = 20_000_000;
        var schema = SchemaDefinition.Create(typeof(SparseRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Features);
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new SparseRow { Features = new(Features, 2, [1f, i % 2], [2, 3]), Label = i % 2 == 0 }), schema);
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InvalidOperationException>(() => _ml.BinaryClassification.Trainers.SimpleNn().Fit(rows));
        StringAssert.StartsWith(error.Message, "A layer of 20000000 inputs and 128 outputs has more than the about 1073741824 weights that a layer may have: use fewer features, ");

        // What is kept of each feature while rows are read is 8 bytes; the columns of an input stage would be 100 and more, and the network 10 GB.
        Assert.IsLessThan(500_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class SparseRow
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }
    }
}
