"""How are the figures that the small models have learned read, and how do they weigh features?"""

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from index.errors import ReaderError
from rag.reader.model import MEND

Model = TypeVar("Model")
STEEPEST = 30.0  # logits beyond this are as good as certain, and further ones would overflow


def stored(folder: Path, name: str, build: Callable[[Mapping[str, Any]], Model]) -> Model:
    """The model that `build` makes of a JSON object beside the reader's weights. Raises ReaderError."""
    path = folder / name
    try:
        return build(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderError(f"{path} cannot be read ({error}). {MEND.format(folder=folder)}") from error


def linear(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The sum of the weighed features and of the bias, where there is one."""
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())


def logistic(value: float) -> float:
    """A logit as a probability in [0, 1]."""
    return 1 / (1 + math.exp(-max(-STEEPEST, min(STEEPEST, value))))
