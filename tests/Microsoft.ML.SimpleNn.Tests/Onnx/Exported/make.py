"""Writes the files of ONNX beside it with PyTorch (1.13 here), and prints rows and what PyTorch computes of them, which OnnxNetworkTests has."""
import json

import torch
from torch import nn

torch.manual_seed(1)


class Logistic(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)

    def forward(self, x):
        return torch.sigmoid(self.layer(x))


def save(name, network):
    network.eval()
    x = torch.randn(3, 4)
    axes = {"input": {0: "batch"}, "output": {0: "batch"}}
    torch.onnx.export(network, x, f"{name}.onnx", input_names=["input"], output_names=["output"], dynamic_axes=axes)
    with torch.no_grad():
        print(name, json.dumps({"x": x.flatten().tolist(), "y": network(x).flatten().tolist()}))


save("pytorch-classes", nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Dropout(0.5), nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3), nn.Softmax(dim=1)))
activations = [nn.LeakyReLU(), nn.ELU(), nn.SELU(), nn.GELU(), nn.SiLU(), nn.Sigmoid(), nn.Softplus(), nn.Mish()]
layers = [module for i, activation in enumerate(activations) for module in (nn.Linear(4 if i == 0 else 5, 5), activation)]
save("pytorch-activations", nn.Sequential(*layers, nn.Linear(5, 2)))
save("pytorch-without-biases", nn.Sequential(nn.Flatten(), nn.Linear(4, 5, bias=False), nn.ReLU(), nn.Linear(5, 1, bias=False)))
save("pytorch-logistic", Logistic())
