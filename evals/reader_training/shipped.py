"""How does a further stage begin with the weights that are shipped? They are read back from their int8 file."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

# In the order in which evals/export_reader.py's file holds a layer's.
_PRODUCTS = ("attention.output.dense", "intermediate.dense", "output.dense")
_NORMALISED = ("attention.output.LayerNorm", "output.LayerNorm")
_PARTS = ("query", "key", "value")


def read_back(path: Path) -> dict[str, Tensor]:
    """The float weights that a `reader.onnx` stands for, by their names in training: each has 7 bits left."""
    import onnx
    from onnx import numpy_helper

    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(path)).graph.initializer}
    quantised = [name.removesuffix("_quantized") for name in stored if name.endswith("_quantized")]
    products = iter([_restored(stored, name) for name in quantised])
    vectors = iter(
        torch.from_numpy(value.copy())
        for name, value in stored.items()
        if value.dtype == np.float32 and value.ndim and not name.endswith("_scale")
    )
    found = {
        "embeddings.word_embeddings.weight": next(products),
        "embeddings.token_type_embeddings.weight": next(products),
        "embeddings.position_embeddings.weight": next(vectors),
        **_pair("embeddings.LayerNorm", of=(next(vectors), next(vectors))),
    }
    for layer in range((len(quantised) - 3) // 4):
        name = f"encoder.layer.{layer}."
        joined, bias = next(products).T.chunk(3), next(vectors).chunk(3)
        for part, weight, added in zip(_PARTS, joined, bias, strict=True):
            found |= _pair(f"{name}attention.self.{part}", of=(weight, added))
        found |= _pair(name + _PRODUCTS[0], of=(next(products).T, next(vectors)))
        found |= _pair(name + _NORMALISED[0], of=(next(vectors), next(vectors)))
        for product in _PRODUCTS[1:]:
            found |= _pair(name + product, of=(next(products).T, next(vectors)))
        found |= _pair(name + _NORMALISED[1], of=(next(vectors), next(vectors)))
    found |= _pair("heads", of=(next(products).T, next(vectors)))
    return {name: value.contiguous() for name, value in found.items()}


def _pair(name: str, *, of: tuple[Tensor, Tensor]) -> dict[str, Tensor]:
    return {f"{name}.weight": of[0], f"{name}.bias": of[1]}


def _restored(stored: dict[str, np.ndarray], name: str) -> Tensor:
    whole = stored[f"{name}_quantized"].astype(np.float32) - stored[f"{name}_zero_point"].astype(np.float32)
    return torch.from_numpy(whole * stored[f"{name}_scale"])
