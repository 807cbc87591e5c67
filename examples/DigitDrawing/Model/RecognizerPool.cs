using DigitDrawing.Digits;
using DigitImages;
using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Trainers.SimpleNn;

namespace DigitDrawing.Model;

/// <summary>Recognizers for many requests at once: one is taken for a request and given back, and there are never more than are kept.</summary>
internal sealed class RecognizerPool : IDisposable
{
    private readonly ObjectPool<Recognizer> _recognizers;
    private readonly SemaphoreSlim _free;

    /// <param name="ml">The context.</param>
    /// <param name="model">A pipeline of <see cref="DigitTraining"/>.</param>
    /// <param name="size">The most recognizers. More than there are cores make nothing faster.</param>
    /// <exception cref="InputException">The model is one of something else.</exception>
    public RecognizerPool(MLContext ml, ITransformer model, int size)
    {
        SimpleNnMulticlassModelParameters parameters = ParametersOf(model);
        _recognizers = new DefaultObjectPoolProvider { MaximumRetained = size }.Create(new Policy(() => new Recognizer(ml, model, parameters)));
        _free = new SemaphoreSlim(size);
    }

    /// <summary>Recognizes a digit as soon as a recognizer is free.</summary>
    public async Task<Answer> RecognizeAsync(float[] pixels, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        Recognizer recognizer = _recognizers.Get();
        try
        {
            return recognizer.Recognize(pixels);
        }
        finally
        {
            _recognizers.Return(recognizer);
            _free.Release();
        }
    }

    public void Dispose()
    {
        (_recognizers as IDisposable)?.Dispose();
        _free.Dispose();
    }

    private static SimpleNnMulticlassModelParameters ParametersOf(ITransformer model)
    {
        IEnumerable<ITransformer> steps = model as IEnumerable<ITransformer> ?? [model];
        var parameters = steps.OfType<ISingleFeaturePredictionTransformer<SimpleNnMulticlassModelParameters>>().FirstOrDefault()?.Model;
        bool isOfDigits = parameters is { Networks.Count: 1, Network: { InputStage: null, Outputs: 10, Inputs: Pen.Size * Pen.Size } };
        return isOfDigits
            ? parameters!
            : throw new InputException("The model is none that this program has trained; give another file with --model, which it then writes.");
    }

    private sealed class Policy(Func<Recognizer> create) : PooledObjectPolicy<Recognizer>
    {
        public override Recognizer Create() => create();

        public override bool Return(Recognizer obj) => true;
    }
}
