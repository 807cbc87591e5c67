using System.Buffers.Binary;
using Microsoft.ML.SimpleNn.Schema;
using DataType = Microsoft.ML.SimpleNn.Schema.TensorProto.Types.DataType;

namespace Microsoft.ML.SimpleNn.Import;

/// <summary>Numbers of a file, as single precision.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Sizes">The sizes of the tensor; none for a single number.</param>
/// <param name="Values">The numbers, row-major.</param>
internal sealed record Tensor(string Name, int[] Sizes, float[] Values)
{
    /// <summary>Reads a tensor of numbers of 32 or 64 bits.</summary>
    public static Tensor Read(string name, TensorProto tensor, MemoryClaim memory)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            throw OnnxReader.Refused($"the numbers of '{name}' are in another file; export the model into one file");
        int[] sizes = Array.ConvertAll([.. tensor.Dims], size => size is >= 0 and <= int.MaxValue ? (int)size : throw OnnxReader.Refused($"'{name}' has a size of {size}"));
        long count = Count(name, sizes);
        float[] values = (DataType)tensor.DataType switch
        {
            DataType.Float when tensor.HasRawData => FromBytes(sizeof(float), BinaryPrimitives.ReadSingleLittleEndian),
            DataType.Float => FromList(tensor.FloatData, value => value),
            DataType.Double when tensor.HasRawData => FromBytes(sizeof(double), bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            DataType.Double => FromList(tensor.DoubleData, value => (float)value),
            _ => throw OnnxReader.Refused($"'{name}' has numbers of ONNX's type {tensor.DataType}; float (1) and double (11) are read"),
        };
        return new Tensor(name, sizes, values);

        float[] FromBytes(int size, Func<ReadOnlySpan<byte>, float> read)
        {
            CheckCount(tensor.RawData.Length, count * size, "bytes");
            memory.Claim(count * sizeof(float));
            float[] numbers = new float[count];
            ReadOnlySpan<byte> bytes = tensor.RawData.Span;
            for (int i = 0; i < numbers.Length; i++) numbers[i] = read(bytes.Slice(i * size, size));
            return numbers;
        }

        float[] FromList<T>(IReadOnlyList<T> list, Func<T, float> read)
        {
            CheckCount(list.Count, count, "numbers");
            memory.Claim(count * sizeof(float));
            float[] numbers = new float[count];
            for (int i = 0; i < numbers.Length; i++) numbers[i] = read(list[i]);
            return numbers;
        }

        void CheckCount(long found, long expected, string what)
        {
            if (found != expected) throw OnnxReader.Refused($"'{name}' has {found} {what}, but its sizes ask for {expected}");
        }
    }

    /// <summary>The transpose of a matrix.</summary>
    public Tensor Transposed()
    {
        CheckIsMatrix();
        (int rows, int columns) = (Sizes[0], Sizes[1]);
        float[] values = new float[Values.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                values[column * rows + row] = Values[row * columns + column];
        return new Tensor(Name, [columns, rows], values);
    }

    /// <summary>Throws where it is not a matrix of one row and column or more.</summary>
    public void CheckIsMatrix()
    {
        if (Sizes.Length != 2 || Values.Length == 0) throw OnnxReader.Refused($"the weights '{Name}' are of sizes [{string.Join(", ", Sizes)}], and a layer takes a matrix");
    }

    /// <summary>All numbers times a factor.</summary>
    public Tensor Times(float factor) => factor == 1 ? this : this with { Values = Array.ConvertAll(Values, value => value * factor) };

    private static long Count(string name, int[] sizes)
    {
        long count = 1;
        foreach (int size in sizes)
        {
            count *= size;
            if (count > Array.MaxLength) throw OnnxReader.Refused($"'{name}' has sizes of more than {Array.MaxLength} numbers");
        }

        return count;
    }
}
