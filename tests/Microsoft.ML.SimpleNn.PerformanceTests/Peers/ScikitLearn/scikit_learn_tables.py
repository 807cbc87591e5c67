"""scikit-learn's models with their defaults on rows in files.

scikit_learn_tables.py MODEL PROBLEM FOLDER SEED   MODEL sklearn-mlp or sklearn-hgb; learns FOLDER/train, writes FOLDER/scores for FOLDER/test, prints the seconds
"""
import sys, time, warnings

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")


def read(path):
    with open(path + ".shape") as file:
        rows, features, columns = map(int, file.read().split())
    x = np.fromfile(path + ".features", np.float32).reshape(rows, features)
    return x, np.fromfile(path + ".labels", np.float32).reshape(rows, -1), columns


def create(model, classifies, seed):
    if model == "sklearn-hgb":
        return (HistGradientBoostingClassifier if classifies else HistGradientBoostingRegressor)(random_state=seed)
    return make_pipeline(SimpleImputer(keep_empty_features=True), StandardScaler(), (MLPClassifier if classifies else MLPRegressor)(random_state=seed))


def probabilities(model, x, columns):
    scores = np.zeros((len(x), columns))
    scores[:, model.classes_.astype(int)] = model.predict_proba(x)
    return scores


def main(name, problem, folder, seed):
    x, y, columns = read(folder + "/train")
    tx, _, _ = read(folder + "/test")
    classifies = problem in ("Binary", "Multiclass", "Labels")
    scores, seconds = [], 0
    for target in y.T:
        model = create(name, classifies, int(seed))
        start = time.perf_counter()
        model.fit(x, target)
        seconds += time.perf_counter() - start
        if problem == "Labels":
            scores.append(probabilities(model, tx, 2)[:, 1])
        elif classifies:
            scores = probabilities(model, tx, columns).T
        else:
            scores.append(model.predict(tx))
    np.savetxt(folder + "/scores", np.stack(list(scores), axis=1), fmt="%.9g")
    print(seconds)


main(*sys.argv[1:])
