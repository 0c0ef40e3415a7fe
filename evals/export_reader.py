"""How do trained weights become the files that are shipped? python -m evals.export_reader --weights W --base M

Writes reader.onnx (int8), tokenizer.json and manifest.json with their hashes. The judge is learned afterwards, by
`evals.calibrate_reader`, since that needs the finished reader.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from evals.reader_training import network

OPSET = 17


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="reader.safetensors, or a training's checkpoint.pt")
    parser.add_argument(
        "--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2: tokenizer, word embeddings"
    )
    parser.add_argument("--out", type=Path, default=Path("rag/reader/weights"))
    parser.add_argument("--blend", type=Path, help="weights of an earlier stage, averaged in")
    parser.add_argument("--blend-share", type=float, default=0.35, help="how much of them, 0 to 1")
    parser.add_argument(
        "--keep", type=Path, help="write the averaged weights here too: a further stage starts from them"
    )
    parser.add_argument("--precision", choices=("int8", "float32"), default="int8")
    options = parser.parse_args()
    blend = {options.blend: options.blend_share} if options.blend else {}
    stages = {**blend, options.weights: 1 - sum(blend.values())}
    export(stages, options.base, options.out, precision=options.precision, keep=options.keep)


def export(stages: Mapping[Path, float], base: Path, out: Path, *, precision: str, keep: Path | None = None) -> None:
    """Write the reader's files into `out`; what is there is replaced only when all of it is ready.

    `stages`: weights and their shares of the average. Two stages of one training lie in one basin, and their average
    reads better than either (Wortsman et al. 2022, "Model soups"). `keep`: where the average itself is kept.
    """
    loaded = {path: _loaded(path, base) for path in stages}
    weights = {
        name: sum((share * loaded[path][name].float() for path, share in stages.items()), torch.zeros(()))
        for name in next(iter(loaded.values()))
    }
    if keep is not None:
        from safetensors.torch import save_file

        save_file({name: value.contiguous() for name, value in weights.items()}, str(keep))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        quantised(weights, Path(folder) / "reader.onnx", precision=precision)
        (Path(folder) / "reader.onnx").replace(out / "reader.onnx")
    tokenizer = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    # The reader cuts long passages into windows itself.
    tokenizer["truncation"] = tokenizer["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    files = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("reader.onnx", "tokenizer.json")}
    sources = {hashlib.sha256(path.read_bytes()).hexdigest(): share for path, share in stages.items()}
    manifest = {"files": files, "precision": precision, "trained_weights_sha256": sources}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def quantised(weights: network.Weights, target: Path, *, precision: str) -> None:
    """Write the network as ONNX, its products in int8 or, at "float32", as they are."""
    float_file = target.with_suffix(".float32")
    _trace(weights, float_file)
    if precision != "int8":
        float_file.replace(target)
        return
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Seven bits: eight saturate on processors without VNNI, and the answers would depend on the machine.
    quantize_dynamic(
        str(float_file),
        str(target),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    float_file.unlink()


def _loaded(path: Path, base: Path) -> network.Weights:
    if path.suffix != ".pt":
        return network.base_weights(path, seed=0)
    weights = network.base_weights(base / "model.safetensors", seed=0)
    weights.update(torch.load(path, weights_only=True)["weights"])
    return weights


def _trace(weights: network.Weights, target: Path) -> None:
    class Reader(torch.nn.Module):
        def forward(self, ids: Tensor, kinds: Tensor) -> Any:
            return network.forward(weights, ids, kinds, None, half=False)

    example = torch.ones(1, 24, dtype=torch.long)
    axes = {name: {1: "pieces"} for name in ("ids", "kinds", "start", "end")}
    with torch.no_grad():
        torch.onnx.export(
            Reader().eval(), (example, example), str(target), input_names=["ids", "kinds"],
            output_names=["start", "end", "relevance"], dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    _name_constants(target)


def _name_constants(path: Path) -> None:
    """Make every constant an initialiser: the quantiser looks at those alone."""
    import onnx

    model = onnx.load(str(path))
    constants = [node for node in model.graph.node if node.op_type == "Constant" and node.attribute[0].name == "value"]
    for node in constants:
        value = node.attribute[0].t
        value.name = node.output[0]
        model.graph.initializer.append(value)
        model.graph.node.remove(node)
    onnx.save(model, str(path))


if __name__ == "__main__":
    main()
