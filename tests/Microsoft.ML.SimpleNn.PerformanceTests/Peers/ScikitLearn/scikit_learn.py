"""scikit-learn's MLPClassifier as a peer.

scikit_learn.py version              prints the versions, or nothing where it is not installed
scikit_learn.py steps SHAPE ROWS N   for each line of input: N training steps with Adam on ROWS rows each, then a line
scikit_learn.py fit FOLDER EPOCHS    trains 784-128-10 on MNIST; prints seconds, test accuracy, largest memory in MB
"""
import gzip, resource, sys, time, warnings

try:
    import numpy as np
    import sklearn
    from sklearn.neural_network import MLPClassifier
    from threadpoolctl import threadpool_info
except ImportError:
    sys.exit()

warnings.filterwarnings("ignore")


def classifier(hidden, rows, epochs):
    return MLPClassifier(hidden, batch_size=rows, max_iter=epochs, alpha=0, shuffle=epochs > 1, tol=0, n_iter_no_change=epochs, random_state=1)


def steps(shape, rows, count):
    sizes = [int(size) for size in shape.split("-")]
    random = np.random.default_rng(1)
    x = random.random((rows * count, sizes[0]), dtype=np.float32)
    y = random.integers(0, sizes[-1], rows * count)
    model = classifier(sizes[1:-1], rows, 1)
    model.partial_fit(x, y, classes=np.arange(sizes[-1]))
    for _ in sys.stdin:
        model.partial_fit(x, y)
        print(flush=True)


def read(folder, name, header):
    with gzip.open(f"{folder}/{name}-ubyte.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def digits(folder, name):
    return read(folder, f"{name}-images-idx3", 16).reshape(-1, 784).astype(np.float32) / 255, read(folder, f"{name}-labels-idx1", 8)


def fit(folder, epochs):
    x, y = digits(folder, "train")
    tx, ty = digits(folder, "t10k")
    model = classifier([128], 128, epochs)
    start = time.perf_counter()
    model.fit(x, y)
    seconds = time.perf_counter() - start
    print(seconds, model.score(tx, ty), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


match sys.argv[1:]:
    case ["version"]:
        blas = [f"{library['internal_api']} {library['version']}" for library in threadpool_info() if library["user_api"] == "blas"]
        print(f"scikit-learn {sklearn.__version__} with {blas[0] if blas else 'a BLAS that is not one of the fast ones'}")
    case ["steps", shape, rows, count]:
        steps(shape, int(rows), int(count))
    case ["fit", folder, epochs]:
        fit(folder, int(epochs))
