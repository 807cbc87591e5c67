namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The course of a training.</summary>
internal static class TrainingSection
{
    private const int MostRows = 200, MostCurves = 6;

    /// <summary>Writes the course of the training of a model.</summary>
    public static void Write(Html html, ReportedModel model)
    {
        TrainingHistory first = model.Histories[0];
        if (first.Epochs.Count == 0)
        {
            html.Remark("The model has no history of its training.");
            return;
        }
        html.Paragraph(Sentence(first) +
            (model.Histories.Count > 1 ? $" It is the first of {model.Histories.Count} networks, whose predictions are averaged." : ""));
        html.Figures([.. Charts(first.Epochs, first.BestEpoch), .. model.Histories.Count > 1 ? (Figure[])[AllNetworks(model.Histories)] : []]);
        html.Folded("All epochs", Epochs(first.Epochs));
    }

    /// <summary>How a training went, in a sentence.</summary>
    public static string Sentence(TrainingHistory history)
    {
        string reason = history.StopReason switch
        {
            StopReason.Completed => "all epochs were run",
            StopReason.EarlyStopping => "the validation loss no longer fell",
            StopReason.Cancelled => "it was cancelled",
            StopReason.Diverged => "the loss was no longer a finite number",
            StopReason.TimeBudget => "the time budget was used up",
            StopReason.StopRequested => "the listener of the progress asked for it",
            StopReason.Converged => "no lower loss was found",
            _ => history.StopReason.ToString(),
        };
        string epochs = Number.Count(history.Epochs.Count, "epoch", "epochs");
        return $"The training ended after {epochs} and {Number.Time(history.Epochs[^1].Elapsed)}, because {reason}. " +
            (history.BestEpoch > 0 ? $"The network has the weights of epoch {Number.Text(history.BestEpoch)}, the dashed line." : "");
    }

    /// <summary>The charts of a run of epochs.</summary>
    /// <param name="epochs">The epochs, one or more.</param>
    /// <param name="bestEpoch">The epoch whose weights are kept, from 1; 0 for none.</param>
    public static IEnumerable<Figure> Charts(IReadOnlyList<EpochMetrics> epochs, int bestEpoch)
    {
        yield return Losses(epochs, bestEpoch);
        if (epochs.Any(epoch => epoch.ValidationAccuracy is not null))
            yield return Begin("Validation accuracy", "accuracy", bestEpoch)
                .Curve("validation accuracy", epochs.Where(epoch => epoch.ValidationAccuracy is not null)
                    .Select(epoch => ((double)epoch.Epoch, epoch.ValidationAccuracy!.Value)))
                .Draw("The part of the validation rows whose class was predicted right; " +
                    $"the highest is {Number.Percent(epochs.Max(epoch => epoch.ValidationAccuracy ?? 0))}.");
        yield return Begin("Learning rate", "learning rate", bestEpoch).FromZero()
            .Curve("learning rate", epochs.Select(epoch => ((double)epoch.Epoch, (double)epoch.LearningRate)))
            .Draw($"At the end of each epoch. It went from {Number.Text(epochs[0].LearningRate)} to {Number.Text(epochs[^1].LearningRate)}.");
        double[] seconds = Seconds(epochs);
        yield return Begin("Time per epoch", "seconds", bestEpoch).FromZero().Curve("seconds", epochs.Select((epoch, i) => ((double)epoch.Epoch, seconds[i])))
            .Draw($"On average {Number.Time(TimeSpan.FromSeconds(seconds.Average()))} an epoch.");
    }

    /// <summary>The numbers of epochs.</summary>
    public static Table Epochs(IReadOnlyList<EpochMetrics> epochs)
    {
        double[] seconds = Seconds(epochs);
        int first = Math.Max(0, epochs.Count - MostRows);
        return new Table(first == 0 ? "All epochs." : $"The last {MostRows} epochs, of {epochs.Count}.",
            ["epoch", "training loss", "validation loss", "validation accuracy", "learning rate", "seconds"],
            [.. Enumerable.Range(first, epochs.Count - first).Select(i => (Cell[])
                [epochs[i].Epoch, epochs[i].TrainingLoss, epochs[i].ValidationLoss ?? double.NaN, epochs[i].ValidationAccuracy ?? double.NaN,
                    epochs[i].LearningRate, seconds[i]])]);
    }

    private static Figure Losses(IReadOnlyList<EpochMetrics> epochs, int bestEpoch)
    {
        Chart chart = Begin("Loss", "loss", bestEpoch).Curve("training rows", epochs.Select(epoch => ((double)epoch.Epoch, epoch.TrainingLoss)));
        EpochMetrics last = epochs[^1];
        string words = $"The mean loss of each epoch. In the last it is {Number.Text(last.TrainingLoss)} over the training rows";
        if (!epochs.Any(epoch => epoch.ValidationLoss is not null))
            return chart.Draw(words + "; there are no validation rows.");
        chart.Curve("validation rows", epochs.Where(epoch => epoch.ValidationLoss is not null)
            .Select(epoch => ((double)epoch.Epoch, epoch.ValidationLoss!.Value)));
        double best = epochs.Min(epoch => epoch.ValidationLoss) ?? double.NaN;
        return chart.Draw(
            $"{words} and {Number.Text(last.ValidationLoss ?? double.NaN)} over the validation rows, where it was {Number.Text(best)} at best.");
    }

    private static Figure AllNetworks(IReadOnlyList<TrainingHistory> histories)
    {
        bool isValidated = histories.All(history => history.Epochs.Any(epoch => epoch.ValidationLoss is not null));
        Chart chart = new Chart("All networks", "epoch", isValidated ? "validation loss" : "training loss").OfWholeNumbers();
        for (int i = 0; i < Math.Min(histories.Count, MostCurves); i++)
            chart.Curve($"network {i + 1}",
                histories[i].Epochs.Select(epoch => ((double)epoch.Epoch, (isValidated ? epoch.ValidationLoss : epoch.TrainingLoss) ?? double.NaN)));
        return chart.Draw($"The losses of {Math.Min(histories.Count, MostCurves)} of the {histories.Count} networks.");
    }

    private static Chart Begin(string title, string vertical, int bestEpoch)
    {
        Chart chart = new Chart(title, "epoch", vertical).OfWholeNumbers();
        return bestEpoch > 0 ? chart.VerticalLine(bestEpoch) : chart;
    }

    private static double[] Seconds(IReadOnlyList<EpochMetrics> epochs) =>
        [.. epochs.Select((epoch, i) => (epoch.Elapsed - (i == 0 ? TimeSpan.Zero : epochs[i - 1].Elapsed)).TotalSeconds)];
}
