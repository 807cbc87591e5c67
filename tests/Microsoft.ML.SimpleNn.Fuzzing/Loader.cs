using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>Loads what was altered, as the models' own loaders do, and scores a row.</summary>
internal static class Loader
{
    /// <summary>Loads the part that is ours; throws what the loaders throw.</summary>
    /// <param name="signature">The kind of the model.</param>
    /// <param name="part">The bytes.</param>
    /// <param name="memoryLimit">The most memory that it may take.</param>
    public static void LoadPart(string signature, byte[] part, long memoryLimit)
    {
        using var reader = new BinaryReader(new MemoryStream(part));
        using ModelReader opened = NetworkFormat.Open(reader);
        using var body = new ModelReader(opened.BaseStream, opened.Version, opened.BaseStream.Position + opened.BytesLeft, memoryLimit);
        IReadOnlyList<TrainedNetwork> networks = NetworkFormat.ReadNetworks(body);
        Network network = networks[0].Network;
        try
        {
            if (signature == "SNNREGRS")
                RegressionFormat.Read(body, network.Outputs, tellsNames: true);
            else if (signature == "SNNMULTI" && body.Version >= NetworkFormat.VersionWithChecksum)
                NamesFormat.Read(body, network.Outputs, "class");
            else if (signature == "SNNAUTOE" && network.Inputs == network.Outputs)
                AutoencoderFormat.Read(body, network.Inputs);
        }
        catch (EndOfStreamException)
        {
            throw ModelReader.TooShort();
        }
        body.CheckEnd();
        foreach (TrainedNetwork trained in networks)
            CheckWorks(trained.Network);
    }

    /// <summary>Loads a zip through ML.NET.</summary>
    public static void LoadZip(byte[] zip) => new MLContext().Model.Load(new MemoryStream(zip), out _);

    private static void CheckWorks(Network network)
    {
        if (!network.HasFiniteParameters)
            throw new InvalidOperationException("A network was loaded whose parameters are not finite.");
        network.Predict(new float[network.Inputs], rows: 1, new float[network.Outputs]);
    }
}
