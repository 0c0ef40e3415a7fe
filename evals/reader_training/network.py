"""What is the reader, as a network? MiniLM with three heads: where the answer starts, where it ends, how relevant.

Written out instead of taken from a library, for speed on two busy cores: bfloat16 products, no dropout, frozen word
embeddings, and nothing that waits for another thread inside a step.
"""

from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - the name that every reader of PyTorch code expects
from torch import Tensor

from evals.reader_training.shipped import read_back

LAYERS, HEADS, WIDTH = 6, 12, 384
WORDS = "embeddings.word_embeddings.weight"
Weights = dict[str, Tensor]


def base_weights(path: Path, *, seed: int) -> Weights:
    """The encoder's weights, with fresh heads where it has none; of safetensors, or read back from a reader.onnx. The
    word embeddings stay as they are.
    """
    from safetensors.torch import load_file

    stored = read_back(path) if path.suffix == ".onnx" else load_file(str(path))
    kept = {name.removeprefix("bert."): value.float() for name, value in stored.items()}
    weights = {
        n: v for n, v in kept.items() if n.startswith(("embeddings.", "encoder.")) and not n.endswith("position_ids")
    }
    generator = torch.Generator().manual_seed(seed)
    # Start, end, relevance.
    weights["heads.weight"] = kept.get("heads.weight", torch.randn(3, WIDTH, generator=generator) * 0.02)
    weights["heads.bias"] = kept.get("heads.bias", torch.zeros(3))
    return weights


def trainable(weights: Weights) -> list[str]:
    """Names of what is learned, in a fixed order."""
    return sorted(name for name in weights if name != WORDS)


def multiplies_half() -> bool:
    """Does this processor multiply bfloat16 itself? One that does not takes eight times as long as with float32."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def forward(
    weights: Weights, ids: Tensor, kinds: Tensor, lengths: Tensor | None, *, half: bool
) -> tuple[Tensor, Tensor, Tensor]:
    """Start and end logits (batch, pieces; padding at -1e4) and relevance (batch).

    `ids` and `kinds` (0 question, 1 passage) are padded to one length; `lengths` None: nothing is padding.
    `half`: products in bfloat16.
    """
    kind = torch.bfloat16 if half else torch.float32

    def cast(name: str) -> Tensor:
        return weights[name].to(kind)

    batch, pieces = ids.shape
    hidden = (
        F.embedding(ids, weights[WORDS])
        + weights["embeddings.position_embeddings.weight"][:pieces]
        + F.embedding(kinds, weights["embeddings.token_type_embeddings.weight"])
    ).to(kind)
    hidden = _normalised(hidden, cast, "embeddings.LayerNorm")
    beyond = None if lengths is None else torch.arange(pieces)[None, :] >= lengths[:, None]
    bias = None
    if beyond is not None:
        bias = torch.zeros(batch, 1, 1, pieces, dtype=kind).masked_fill_(beyond[:, None, None, :], -1e4)
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        own = name + "attention.self."
        joined = torch.cat([cast(f"{own}{part}.weight") for part in ("query", "key", "value")])
        joined_bias = torch.cat([cast(f"{own}{part}.bias") for part in ("query", "key", "value")])
        projected = F.linear(hidden, joined, joined_bias).view(batch, pieces, 3, HEADS, WIDTH // HEADS)
        query, key, value = projected.permute(2, 0, 3, 1, 4).reshape(3, batch * HEADS, pieces, WIDTH // HEADS)
        scores = torch.bmm(query * (WIDTH // HEADS) ** -0.5, key.transpose(1, 2))
        if bias is not None:
            scores = (scores.view(batch, HEADS, pieces, pieces) + bias).view(batch * HEADS, pieces, pieces)
        mixed = torch.bmm(torch.softmax(scores, -1), value)
        mixed = mixed.view(batch, HEADS, pieces, -1).transpose(1, 2).reshape(batch, pieces, WIDTH)
        added = F.linear(
            mixed, cast(name + "attention.output.dense.weight"), cast(name + "attention.output.dense.bias")
        )
        hidden = _normalised(hidden + added, cast, name + "attention.output.LayerNorm")
        inner = F.linear(hidden, cast(name + "intermediate.dense.weight"), cast(name + "intermediate.dense.bias"))
        added = F.linear(F.gelu(inner), cast(name + "output.dense.weight"), cast(name + "output.dense.bias"))
        hidden = _normalised(hidden + added, cast, name + "output.LayerNorm")
    logits = F.linear(hidden.float(), weights["heads.weight"], weights["heads.bias"])
    start, end = logits[:, :, 0], logits[:, :, 1]
    if beyond is not None:
        start, end = start.masked_fill(beyond, -1e4), end.masked_fill(beyond, -1e4)
    return start, end, logits[:, 0, 2]


def _normalised(hidden: Tensor, cast: Callable[[str], Tensor], name: str) -> Tensor:
    return F.layer_norm(hidden, (WIDTH,), cast(name + ".weight"), cast(name + ".bias"), 1e-12)
