// Loads a saved model as any program does that only has the package beside it: it touches no type of the library and
// registers nothing. For each line of a text file it prints the bits of the scores, in hexadecimal.
// usage: ModelLoader <model.zip> <rows.csv>     each line: the features, comma separated
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out DataViewSchema inputSchema);
int featureCount = ((VectorDataViewType)inputSchema["Features"].Type).Size;
IDataView rows = ml.Data.LoadFromTextFile(args[1], separatorChar: ',', columns:
[
    new TextLoader.Column("Features", DataKind.Single, 0, featureCount - 1),
    new TextLoader.Column("Label", DataKind.String, featureCount),
]);
IDataView scored = model.Transform(rows);
IEnumerable<float[]> scoresOfRows = scored.Schema["Score"].Type is VectorDataViewType
    ? scored.GetColumn<float[]>("Score")
    : scored.GetColumn<float>("Score").Select(score => new[] { score });
foreach (float[] scores in scoresOfRows)
    Console.WriteLine(string.Join(' ', scores.Select(score => BitConverter.SingleToUInt32Bits(score).ToString("X8", CultureInfo.InvariantCulture))));
