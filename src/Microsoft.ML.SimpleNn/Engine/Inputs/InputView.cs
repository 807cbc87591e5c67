using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>What kernels need of a stage: its arrays, and what is computed from them.</summary>
internal readonly unsafe struct InputView
{
    public required float* Unit { get; init; }

    public required float* Centre { get; init; }

    public required float* Factor { get; init; }

    public required float* InverseBound { get; init; }

    public required float* Gain { get; init; }

    /// <summary>Factor times gain.</summary>
    public required float* Scale { get; init; }

    /// <summary>The features that have a mark, ascending.</summary>
    public required int* Marks { get; init; }

    public required int MarkCount { get; init; }

    /// <summary>The features of which a zero is not an input of zero, ascending.</summary>
    public required int* Centred { get; init; }

    public required int CentredCount { get; init; }

    /// <summary>The features of a row.</summary>
    public required int Features { get; init; }

    /// <summary>The inputs of a row.</summary>
    public required int Width { get; init; }

    /// <summary>Whether (x - centre) scale is all that is done.</summary>
    public required bool IsPlain { get; init; }

    /// <summary>The features that have pieces.</summary>
    public required int* Binned { get; init; }

    public required int BinnedCount { get; init; }

    /// <summary>Where each one's pieces begin; the last entry is their number.</summary>
    public required int* FirstBins { get; init; }

    /// <summary>What <see cref="InputBins"/> has of each piece.</summary>
    public required float* Lower { get; init; }

    public required float* Slope { get; init; }

    public required float* Mean { get; init; }

    private InputKernel.Arrays Arrays => new() { Unit = Unit, Centre = Centre, Factor = Factor, InverseBound = InverseBound, Gain = Gain };

    /// <summary>Computes the inputs of a dense row.</summary>
    public void Apply(float* row, float* inputs, bool isShared)
    {
        bool hasMissing = IsPlain
            ? InputKernel.Plain(row, Centre, Scale, inputs, Features, isShared)
            : InputKernel.General(row, Arrays, inputs, Features, isShared);
        for (int i = 0; i < MarkCount; i++) inputs[Features + i] = 0;
        for (int k = 0; k < BinnedCount; k++) Cut(k, row[Binned[k]], inputs + Features + MarkCount + FirstBins[k]);
        if (hasMissing) FillMissing(row, inputs);
    }

    /// <summary>Computes the inputs of a row that is stored as bytes, of which none is missing.</summary>
    public void Apply(byte* row, float* inputs, bool isShared)
    {
        if (IsPlain) ByteKernel.Plain(row, Centre, Scale, inputs, Features, isShared);
        else ByteKernel.General(row, Arrays, inputs, Features, isShared);
        for (int i = 0; i < MarkCount; i++) inputs[Features + i] = 0;
        for (int k = 0; k < BinnedCount; k++) Cut(k, row[Binned[k]], inputs + Features + MarkCount + FirstBins[k]);
    }

    /// <summary>Computes the inputs of a sparse row that may be other than zero: as many as <see cref="InputStage.CountInputs"/> says.</summary>
    /// <param name="indices">The features that are stored, ascending.</param>
    /// <param name="values">Their values.</param>
    /// <param name="count">How many.</param>
    /// <param name="inputs">Takes which inputs they are, ascending.</param>
    /// <param name="results">Takes their values.</param>
    public void Apply(int* indices, float* values, int count, int* inputs, float* results)
    {
        int centred = 0;
        bool hasMissing = false;
        for (int k = 0; k < count; k++)
        {
            int feature = indices[k];
            for (; centred < CentredCount && Centred[centred] < feature; centred++) Add(Centred[centred], 0, ref inputs, ref results);
            if (centred < CentredCount && Centred[centred] == feature) centred++;
            hasMissing |= float.IsNaN(values[k]);
            Add(feature, values[k], ref inputs, ref results);
        }

        for (; centred < CentredCount; centred++) Add(Centred[centred], 0, ref inputs, ref results);
        if (hasMissing) AddMarks(indices, values, count, ref inputs, ref results);
        for (int k = 0, at = 0; k < BinnedCount; k++)
        {
            while (at < count && indices[at] < Binned[k]) at++;
            int first = FirstBins[k], pieces = FirstBins[k + 1] - first;
            Cut(k, at < count && indices[at] == Binned[k] ? values[at] : 0, results);
            for (int t = 0; t < pieces; t++) *inputs++ = Features + MarkCount + first + t;
            results += pieces;
        }
    }

    private void Add(int feature, float x, ref int* inputs, ref float* results)
    {
        *inputs++ = feature;
        *results++ = float.IsNaN(x) ? 0
            : float.IsInfinity(x) ? float.NaN
            : IsPlain ? (x - Centre[feature]) * Scale[feature]
            : InputKernel.General(x, feature, Arrays);
    }

    private void AddMarks(int* indices, float* values, int count, ref int* inputs, ref float* results)
    {
        var marks = new ReadOnlySpan<int>(Marks, MarkCount);
        for (int k = 0; k < count; k++)
        {
            int mark = float.IsNaN(values[k]) ? marks.BinarySearch(indices[k]) : -1;
            if (mark >= 0) (*inputs++, *results++) = (Features + mark, Gain[Features + mark]);
        }
    }

    /// <summary>The inputs of the pieces of a number; a missing one is each piece's mean.</summary>
    private void Cut(int k, float x, float* pieces)
    {
        int first = FirstBins[k], count = FirstBins[k + 1] - first;
        if (float.IsNaN(x))
        {
            new Span<float>(pieces, count).Clear();
            return;
        }

        var arrays = new BinKernel.Arrays { Lower = Lower + first, Slope = Slope + first, Mean = Mean + first, Scale = Scale + Features + MarkCount + first };
        BinKernel.Run(x * Unit[Binned[k]], arrays, pieces, count);
    }

    private void FillMissing(float* row, float* inputs)
    {
        for (int i = 0; i < Features; i++)
        {
            if (!float.IsFinite(row[i])) inputs[i] = float.IsNaN(row[i]) ? 0 : float.NaN; // infinity is no number that training should pass over in silence
        }

        for (int k = 0; k < MarkCount; k++)
        {
            if (float.IsNaN(row[Marks[k]])) inputs[Features + k] = Gain[Features + k];
        }
    }
}
