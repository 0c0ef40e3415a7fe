"""How does the trained comparer become a file? python -m evals.export_comparer --weights comparer.safetensors

Writes comparer.onnx (int8) beside reader.onnx. What it shares with the reader, its word embeddings and lower layers, is
not stored again: ONNX lets a tensor name another file and the place in it, and that file is reader.onnx.
"""

import argparse
import json
import tempfile
from hashlib import sha256
from pathlib import Path

from evals.export_reader import quantised
from evals.reader_training import network
from rag.reader.model import WEIGHTS

# Tensors below this many bytes are stored again: to look them up costs more than they do.
SHARED_BYTES = 100_000
NAME = "comparer.onnx"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="comparer.safetensors")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the reader.onnx that it began with")
    options = parser.parse_args()
    export(options.weights, options.out)


def export(weights: Path, out: Path) -> None:
    """Write comparer.onnx and its hash into the reader's manifest."""
    import onnx

    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        quantised(network.base_weights(weights, seed=0), Path(folder) / NAME, precision="int8")
        model = onnx.load(str(Path(folder) / NAME))
    del model.graph.output[:2]  # of start, end and relevance the last is the score
    stored = (out / "reader.onnx").read_bytes()
    for tensor in model.graph.initializer:
        at = stored.find(tensor.raw_data) if len(tensor.raw_data) >= SHARED_BYTES else -1
        if at >= 0:
            place = {"location": "reader.onnx", "offset": str(at), "length": str(len(tensor.raw_data))}
            tensor.data_location = onnx.TensorProto.EXTERNAL
            tensor.external_data.extend(
                onnx.StringStringEntryProto(key=key, value=value) for key, value in place.items()
            )
            tensor.ClearField("raw_data")
    whole = model.SerializeToString()
    (out / NAME).write_bytes(whole)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][NAME] = sha256(whole).hexdigest()
    manifest["comparer_weights_sha256"] = sha256(weights.read_bytes()).hexdigest()
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
