"""How do trained weights become the reader that is shipped? `python -m evals.export_reader --weights reader.safetensors`."""

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

from index.export import model_folder
from rag.reader.model import WEIGHTS


def export(weights: Path, folder: Path) -> None:
    """Write reader.onnx (dynamic int8, per channel) and the manifest of every file in `folder`.

    `weights`: safetensors of the encoder and `heads` (3 x 384: start, end, relevance), or a training checkpoint (.pt).
    """
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import BertConfig, BertModel

    stored = _stored(weights)
    config = BertConfig.from_pretrained(str(model_folder()), attn_implementation="eager")
    encoder = BertModel(config, add_pooling_layer=False).eval()
    kept = {name: value for name, value in stored.items() if not name.startswith("heads.")}
    missing, unexpected = encoder.load_state_dict(kept, strict=False)
    wrong = [name for name in missing if "position_ids" not in name] + list(unexpected)
    if wrong:
        raise SystemExit(f"{weights} does not fit the reader: {', '.join(wrong[:4])}")

    class Heads(torch.nn.Module):
        """Encoder and heads in one graph: logits of shape (batch, pieces, 3)."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.heads = torch.nn.Linear(384, 3)
            self.heads.weight.data.copy_(stored["heads.weight"])
            self.heads.bias.data.copy_(stored["heads.bias"])

        def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
            hidden = self.encoder(input_ids=input_ids, token_type_ids=token_type_ids).last_hidden_state
            logits: torch.Tensor = self.heads(hidden)
            return logits

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "float32.onnx"
        example = torch.ones(2, 16, dtype=torch.long)
        axes = {name: {0: "batch", 1: "pieces"} for name in ("input_ids", "token_type_ids", "logits")}
        torch.onnx.export(
            Heads().eval(), (example, example), str(plain), input_names=["input_ids", "token_type_ids"],
            output_names=["logits"], dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(str(plain), str(folder / "reader.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    seal(folder)


def seal(folder: Path) -> None:
    """Write manifest.json over the files that the reader needs."""
    names = [path.name for path in sorted(folder.iterdir()) if path.suffix in {".onnx", ".json"}]
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names if name != "manifest.json"
    }
    (folder / "manifest.json").write_text(json.dumps({"sha256": digests}, indent=2) + "\n", encoding="utf-8")


def _stored(weights: Path) -> "dict[str, object]":
    """Weights by name, whichever file they are in; the frozen word embeddings come from the package."""
    import torch
    from safetensors.torch import load_file

    stored: dict[str, object] = dict(
        torch.load(weights, weights_only=True)["weights"] if weights.suffix == ".pt" else load_file(str(weights))
    )
    words = "embeddings.word_embeddings.weight"
    if words not in stored:
        stored[words] = load_file(str(model_folder() / "model.safetensors"))[words]
    return stored


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="reader.safetensors or checkpoint.pt of a training")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder of reader.onnx and manifest.json")
    options = parser.parse_args()
    export(options.weights, options.out)
    print(f"{options.out / 'reader.onnx'}: {(options.out / 'reader.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
