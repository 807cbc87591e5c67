using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>Writes features and labels for Python: numbers of 32 bits, one after the other, in a file each, and their shape in a third.</summary>
internal static class ExportedRows
{
    /// <summary>Writes the rows to files whose names begin so.</summary>
    public static void Write(IDataView rows, Problem problem, string path)
    {
        int features = ((VectorDataViewType)rows.Schema["Features"].Type).Size, count = 0;
        using (FileStream file = File.Create(path + ".features"))
        {
            foreach (float[] row in rows.GetColumn<float[]>("Features"))
            {
                file.Write(MemoryMarshal.AsBytes<float>(row));
                count++;
            }
        }

        using (FileStream file = File.Create(path + ".labels"))
        {
            foreach (float[] label in Labels(rows, problem)) file.Write(MemoryMarshal.AsBytes<float>(label));
        }

        File.WriteAllText(path + ".shape", FormattableString.Invariant($"{count} {features} {Classes(rows, problem)}"));
    }

    private static IEnumerable<float[]> Labels(IDataView rows, Problem problem) => problem switch
    {
        Problem.Binary => rows.GetColumn<bool>("Label").Select(label => new[] { label ? 1f : 0f }),
        Problem.Multiclass => rows.GetColumn<uint>("Label").Select(key => new[] { key - 1f }),
        Problem.Regression => rows.GetColumn<float>("Label").Select(label => new[] { label }),
        Problem.Labels => rows.GetColumn<bool[]>("Label").Select(labels => Array.ConvertAll(labels, label => label ? 1f : 0f)),
        _ => rows.GetColumn<float[]>("Label"),
    };

    /// <summary>The columns that the scores are to have.</summary>
    private static int Classes(IDataView rows, Problem problem) => rows.Schema["Label"].Type switch
    {
        KeyDataViewType key => (int)key.Count,
        VectorDataViewType vector => vector.Size,
        _ => problem == Problem.Binary ? 2 : 1,
    };
}
