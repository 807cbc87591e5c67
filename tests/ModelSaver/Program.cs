// Saves a model to the same path, over and over, until it is killed: a test looks at what is left.
// usage: ModelSaver <model.zip> <target.zip>
using Microsoft.ML;

var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out DataViewSchema inputSchema);
Console.WriteLine("saving");
while (true)
    ml.Model.SaveAtomically(model, inputSchema, args[1]);
