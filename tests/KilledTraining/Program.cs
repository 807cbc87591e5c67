// Kills a training at random moments, the writing of checkpoints included, and tells whether it ends with the weights of one that nobody killed.
// usage: KilledTraining [kills] [seed]            all kinds, each killed so often (30 where nothing is said)
//        KilledTraining train <kind> <checkpoint>  one training, which writes a line for each epoch and the SHA-256 of its weights
using System.Globalization;
using KilledTraining;

if (args is ["train", string name, string path])
{
    Trainings.Run(name, path);
    return 0;
}

int kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
bool allEqual = true;
foreach (string kind in Trainings.Kinds)
{
    KillReport report = Killer.Run(kind, kills, seed);
    Console.WriteLine($"{kind}: {report}");
    allEqual &= report.AllEqual;
}

return allEqual ? 0 : 1;
