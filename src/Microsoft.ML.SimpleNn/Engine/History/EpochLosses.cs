using System.Collections;

namespace Microsoft.ML.SimpleNn;

/// <summary>The losses of epochs, as a schedule sees them: of the validation rows where there are any, else of the training rows.</summary>
/// <param name="epochs">The epochs.</param>
internal sealed class EpochLosses(IReadOnlyList<EpochMetrics> epochs) : IReadOnlyList<double>
{
    public int Count => epochs.Count;

    public double this[int epoch] => epochs[epoch].ValidationLoss ?? epochs[epoch].TrainingLoss;

    public IEnumerator<double> GetEnumerator() => epochs.Select((_, epoch) => this[epoch]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
