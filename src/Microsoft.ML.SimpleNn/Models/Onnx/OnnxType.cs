namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Types of tensors, with the numbers that ONNX gives them (TensorProto.DataType).</summary>
internal enum OnnxType
{
    /// <summary>32 bits.</summary>
    Float = 1,

    /// <summary>64 bits.</summary>
    Int64 = 7,

    /// <summary>True or false.</summary>
    Bool = 9,

    /// <summary>64 bits.</summary>
    Double = 11,

    /// <summary>32 bits.</summary>
    UInt32 = 12,
}
