#!/usr/bin/env python3
"""The course's way: torchvision's MNIST, ToTensor, DataLoader(32), SGD. Prints one JSON line per measurement.

    notebook.py FOLDER EPOCHS      FOLDER holds MNIST/raw with the four files
"""
import json
import resource
import sys
import time

import torch
import torchvision
from torch import nn
from torch.utils.data import DataLoader


class TinyVgg(nn.Module):
    def __init__(self, hidden_units: int = 10):
        super().__init__()

        def block(channels: int) -> nn.Sequential:
            return nn.Sequential(
                nn.Conv2d(channels, hidden_units, 3, padding=1), nn.ReLU(),
                nn.Conv2d(hidden_units, hidden_units, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))

        self.block_1 = block(1)
        self.block_2 = block(hidden_units)
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(hidden_units * 7 * 7, 10))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.block_2(self.block_1(x)))


def report(**measurement) -> None:
    print(json.dumps(measurement), flush=True)


def evaluated(model: nn.Module, loader: DataLoader) -> tuple[int, float]:
    model.eval()
    correct, loss_sum = 0, 0.0
    with torch.inference_mode():
        for images, labels in loader:
            logits = model(images)
            loss_sum += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
            correct += (logits.argmax(1) == labels).sum().item()
    return correct, loss_sum / len(loader.dataset)


def main() -> None:
    folder, epochs = sys.argv[1], int(sys.argv[2])
    start = time.perf_counter()
    to_tensor = torchvision.transforms.ToTensor()
    train = torchvision.datasets.MNIST(folder, train=True, transform=to_tensor)
    test = torchvision.datasets.MNIST(folder, train=False, transform=to_tensor)
    report(event="load", seconds=time.perf_counter() - start)
    torch.manual_seed(42)
    train_loader = DataLoader(train, batch_size=32, shuffle=True)
    test_loader = DataLoader(test, batch_size=32)
    model = TinyVgg()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    begin = time.perf_counter()
    for epoch in range(1, epochs + 1):
        epoch_start = time.perf_counter()
        model.train()
        loss_sum, correct = 0.0, 0
        for images, labels in train_loader:
            logits = model(images)
            loss = nn.functional.cross_entropy(logits, labels)
            loss_sum += loss.item()
            correct += (logits.argmax(1) == labels).sum().item()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        right, _ = evaluated(model, test_loader)
        now = time.perf_counter()
        report(event="epoch", epoch=epoch, seconds=now - epoch_start, since_start=now - begin, correct=right)
    begin = time.perf_counter()
    evaluated(model, test_loader)
    report(event="evaluation", seconds=time.perf_counter() - begin)
    report(event="memory", megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


main()
