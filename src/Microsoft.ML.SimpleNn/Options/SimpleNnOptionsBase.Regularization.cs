using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <content>What keeps a network from learning its rows by heart.</content>
public abstract partial class SimpleNnOptionsBase
{
    /// <summary>
    /// How much of each target is equal chances for all classes, so that the network learns not to be certain of what it was told (label smoothing; Szegedy et
    /// al. 2016).
    /// </summary>
    /// <remarks><see cref="Calibrate"/> puts the probabilities right afterwards. Labels that are numbers have nothing to smooth.</remarks>
    /// <value>Range: 0 or more and below 1. Default: null, 0.05 for classes with the default optimizer where there are rows to calibrate by, else 0.</value>
    public float? LabelSmoothing;

    /// <summary>
    /// Whether probabilities are calibrated by a temperature, chosen on the validation rows (C. Guo et al. 2017, On Calibration of Modern Neural Networks).
    /// </summary>
    /// <remarks>It changes no predicted class. Without validation rows, and for labels that are numbers, there is none.</remarks>
    /// <value>Default: true.</value>
    public bool Calibrate = true;

    /// <summary>An L1 penalty on the weights, which pulls all of them towards 0 alike.</summary>
    /// <remarks>
    /// With n rows in a minibatch, the gradient of its mean loss grows by this / n times the sign of each weight. Biases have none, and the losses that are
    /// reported do not contain it. In the
    /// first layer the weights are those of the standardised features, and of sparse ones those that occur in the minibatch.
    /// </remarks>
    /// <value>Range: a finite number, 0 or more. Default: 0.</value>
    public float L1Regularization;

    /// <summary>An L2 penalty on the weights, as the alpha of scikit-learn's MLPClassifier means it.</summary>
    /// <remarks>
    /// With n rows in a minibatch, the gradient of its mean loss grows by this / n times each weight, as from this / (2 n) times the sum of squares. Biases
    /// have none, and the losses that are
    /// reported do not contain it. In the first layer the weights are those of the standardised features, and of sparse ones those that occur in the minibatch.
    /// The default optimizer has weight
    /// decay already.
    /// </remarks>
    /// <value>Range: a finite number, 0 or more. Default: 0.</value>
    public float L2Regularization;

    /// <summary>The fraction of the features that are set to 0, their mean if they are standardised, at random in each step of the training.</summary>
    /// <remarks>The others grow by 1 / (1 - this). Predictions use all. 0.1 to 0.2 is usual where there are many features.</remarks>
    /// <value>Range: 0 or more and below 1. Default: 0.</value>
    public float InputDropout;

    /// <summary>The fraction of the outputs of each hidden layer that are set to 0 at random in each step of the training, against overfitting.</summary>
    /// <remarks>
    /// The others grow by 1 / (1 - this) (Srivastava et al. 2014). Predictions use all. 0.2 to 0.5 is usual. Where it is 0, the default optimizer with a loss
    /// of quantiles drops 0.1.
    /// </remarks>
    /// <value>Range: 0 or more and below 1. Default: 0.</value>
    public float Dropout;

    /// <summary>
    /// How images are distorted while the network is trained: shifted, rotated, scaled and bent a little at random, anew each time that a row is trained on.
    /// </summary>
    /// <remarks>
    /// <para>
    /// <c>new ImageDistortion()</c> suits handwritten digits. The network never sees the same image twice, which works against overfitting as many more
    /// images would (P. Simard et al. 2003, Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis; D. Ciresan et al. 2010, Deep,
    /// Big, Simple Neural Nets
    /// for Handwritten Digit Recognition), and needs more epochs to be learned: set <see cref="NumberOfEpochs"/> to 60 or more. Validation rows are never
    /// distorted, nor is anything that is predicted.
    /// </para>
    /// <para>
    /// The features must be the pixels of images, in the order that <see cref="ImageShape"/> or the feature column's type says, and are kept with all their
    /// zeros. Fit throws where neither tells the shape.
    /// <see cref="LbfgsOptimizer"/> and the autoencoder refuse it.
    /// </para>
    /// </remarks>
    /// <value>Default: null, not at all.</value>
    public ImageDistortion? ImageDistortion;

    /// <summary>How the pixels of an image lie in the feature column, for <see cref="ImageDistortion"/>.</summary>
    /// <remarks>
    /// Null is as the column's type says: its dimensions are those of ExtractPixels, channels x height x width, or height x width x channels with
    /// interleavePixelColors; or height x
    /// width; or it has one dimension, a square number, which is taken for a grey image as high as wide. Fit throws where it is none of these, and where the
    /// shape given has another number of
    /// pixels than the column. Without <see cref="ImageDistortion"/> the shape changes nothing.
    /// </remarks>
    /// <value>Default: null, as the column's type says.</value>
    public ImageShape? ImageShape;

    /// <summary>The largest norm of a step's gradient, all weights and biases together: a longer one is shortened to it.</summary>
    /// <remarks>A few unusual rows can then not throw the weights far off.</remarks>
    /// <value>Range: a finite number above 0. Default: null, any.</value>
    public float? MaximumGradientNorm;

    /// <summary>The largest norm of the incoming weights of each unit, hidden or output: after each step longer ones are shortened to it.</summary>
    /// <remarks>
    /// Max-norm, Srivastava et al. 2014; 3 to 4 is usual, together with dropout. In the first layer the weights are those of the standardised features; with
    /// sparse ones that layer is left out.
    /// </remarks>
    /// <value>Range: a finite number above 0. Default: null, any.</value>
    public float? MaximumWeightNorm;
}
