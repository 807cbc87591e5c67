namespace KilledTraining;

/// <summary>What came of killing a training again and again.</summary>
/// <param name="Kills">How often it was killed.</param>
/// <param name="WhileWriting">How many of the kills left a checkpoint half written.</param>
/// <param name="Ends">How many trainings came to their end, after some kills each.</param>
/// <param name="Equal">How many of those had the weights of the one that was not killed.</param>
public sealed record KillReport(int Kills, int WhileWriting, int Ends, int Equal)
{
    /// <summary>Whether every one had.</summary>
    public bool AllEqual => Equal == Ends && Ends > 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kills} kills, {WhileWriting} of them within a write; {Ends} trainings came to their end, {Equal} with the weights of the one that was not killed.";
}
