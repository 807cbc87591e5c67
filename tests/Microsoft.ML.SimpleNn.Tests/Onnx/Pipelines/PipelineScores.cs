using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.SimpleNn.Tests.Onnx;

/// <summary>What ONNX Runtime makes of a pipeline that ML.NET's converter has converted: columns in, columns out.</summary>
internal sealed class PipelineScores : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Dictionary<string, OrtValue> _inputs = [];
    private readonly int _rows;

    /// <summary>Converts a model, and takes the rows of a view for its inputs.</summary>
    public PipelineScores(MLContext ml, ITransformer model, IDataView rows)
    {
        using var file = new MemoryStream();
        ml.Model.ConvertToOnnx(model, rows, file);
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(file.ToArray(), options);
        _rows = rows.GetColumn<float>("Area").Count();
        foreach (string name in _session.InputNames)
            _inputs.Add(name, Tensor(rows, name));
    }

    /// <summary>The values of a column, row after row.</summary>
    public T[] Column<T>(string name)
        where T : unmanaged
    {
        using OrtValue value = Run(name);
        return value.GetTensorDataAsSpan<T>().ToArray();
    }

    /// <summary>The texts of a column.</summary>
    public string[] Texts(string name)
    {
        using OrtValue value = Run(name);
        return value.GetStringTensorAsArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OrtValue input in _inputs.Values)
            input.Dispose();
        _session.Dispose();
    }

    private OrtValue Run(string name)
    {
        using var options = new RunOptions();
        return _session.Run(options, [.. _inputs.Keys], [.. _inputs.Values], [$"{name}.output"])[0];
    }

    private OrtValue Tensor(IDataView rows, string name) => rows.Schema[name].Type switch
    {
        TextDataViewType => Text([.. rows.GetColumn<string>(name)]),
        BooleanDataViewType => OrtValue.CreateTensorValueFromMemory(rows.GetColumn<bool>(name).ToArray(), [_rows, 1]),
        _ => OrtValue.CreateTensorValueFromMemory(rows.GetColumn<float>(name).ToArray(), [_rows, 1]),
    };

    private OrtValue Text(string[] texts)
    {
        OrtValue tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [_rows, 1]);
        for (int i = 0; i < texts.Length; i++)
            tensor.StringTensorSetElementAt(texts[i], i);
        return tensor;
    }
}
