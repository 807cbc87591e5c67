using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Judgement;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

/// <summary>One of ML.NET's own trainers, or the better of several; for several answers it makes a model of each.</summary>
internal abstract class MLNetTrainer(string name) : AccuracyTrainer(name)
{
    /// <summary>Runs each of the trainers. Of several the one is taken that is better by the data set's first measure on the tested rows, which favours it a little.</summary>
    public override Outcome Run(MLContext ml, AccuracySet set, IReadOnlyList<Split> splits, int seed)
    {
        (IDataView, IDataView)[] prepared = [.. splits.Select(split => Prepare(ml, split))];
        int count = Create(ml, SimpleProblem(set.Problem)).Length;
        Outcome[] outcomes = [.. Enumerable.Range(0, count).Select(i => Outcome.OfFolds([.. prepared.Select(rows => Run(ml, set.Problem, rows, i))]))];
        Measure decides = set.Measures[0];
        return outcomes.MinBy(outcome => double.IsNaN(outcome.Values[decides]) ? double.MaxValue : decides.Error(outcome.Values[decides]))!;
    }

    /// <summary>The trainers for a problem of one answer, with columns Features and Label.</summary>
    protected abstract IEstimator<ITransformer>[] Create(MLContext ml, Problem problem);

    /// <summary>The rows as the trainers want them.</summary>
    protected virtual (IDataView Train, IDataView Test) Prepare(MLContext ml, Split split) => (split.Train, split.Test);

    private static Problem SimpleProblem(Problem problem) => problem switch
    {
        Problem.Labels => Problem.Binary,
        Problem.Outputs => Problem.Regression,
        _ => problem,
    };

    private Outcome Run(MLContext ml, Problem problem, (IDataView Train, IDataView Test) rows, int candidate)
    {
        double seconds = 0;
        if (problem is not (Problem.Labels or Problem.Outputs))
        {
            IDataView one = Score(rows);
            return new Outcome(Judges.Judge(ml, problem, one), seconds);
        }

        int answers = ((VectorDataViewType)rows.Train.Schema["Label"].Type).Size;
        string score = problem == Problem.Labels ? "Probability" : "Score";
        float[][] scores = [.. Enumerable.Range(0, answers).Select(answer => ScoreOne(answer))];
        ScoredAnswers[] scored = problem == Problem.Labels
            ? [.. rows.Test.GetColumn<bool[]>("Label").Select((labels, row) => new ScoredAnswers(Array.ConvertAll(labels, label => label ? 1f : 0f), RowOf(row)))]
            : [.. rows.Test.GetColumn<float[]>("Label").Select((labels, row) => new ScoredAnswers(labels, RowOf(row)))];
        return new Outcome(Judges.Judge(ml, problem, ScoredAnswers.ToDataView(ml, scored)), seconds);

        float[] ScoreOne(int answer)
        {
            var select = ml.Transforms.CopyColumns("Label", $"Label{answer}");
            return [.. Score((select.Fit(rows.Train).Transform(rows.Train), select.Fit(rows.Test).Transform(rows.Test))).GetColumn<float>(score)];
        }

        float[] RowOf(int row) => Array.ConvertAll(scores, column => column[row]);

        IDataView Score((IDataView Train, IDataView Test) one)
        {
            IEstimator<ITransformer> trainer = Create(ml, SimpleProblem(problem))[candidate];
            var clock = Stopwatch.StartNew();
            ITransformer model = trainer.Fit(one.Train);
            seconds += clock.Elapsed.TotalSeconds;
            return model.Transform(one.Test);
        }
    }
}
