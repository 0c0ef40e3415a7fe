"""How is one step of a training taken? Micro-batches side by side, one sum of gradients, a rate that falls to zero."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

WARM_UP = 0.03
Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True)
class Slope:
    """What a micro-batch gives: its summed loss, its pairs, their word pieces, and a gradient for each parameter."""

    loss: float
    pairs: int
    pieces: int
    gradients: tuple[Tensor, ...]


@dataclass(slots=True)
class Seen:
    """Sums since the last line of the log."""

    loss: float = 0.0
    pairs: int = 0
    pieces: int = 0


def descend(
    optimiser: torch.optim.Optimizer,
    parameters: Sequence[Tensor],
    batches: Iterable[Batch],
    slope: Callable[[Batch], Slope],
    workers: Executor,
    *,
    share: float,
    seen: Seen,
) -> None:
    """One step over several micro-batches; `share` of the training is over, 0 to 1. The rate of each parameter group
    rises to its "peak" and falls to zero.
    """
    summed = [torch.zeros_like(parameter) for parameter in parameters]
    pairs = 0
    for found in workers.map(slope, batches):
        for total, gradient in zip(summed, found.gradients, strict=True):
            total.add_(gradient)
        pairs += found.pairs
        seen.loss, seen.pairs, seen.pieces = (
            seen.loss + found.loss,
            seen.pairs + found.pairs,
            seen.pieces + found.pieces,
        )
    for parameter, gradient in zip(parameters, summed, strict=True):
        parameter.grad = gradient.div_(pairs)
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * min(share / WARM_UP + 0.01, 1.0, (1 - share) / (1 - WARM_UP) + 1e-3)
    optimiser.step()
