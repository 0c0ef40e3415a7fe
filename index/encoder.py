"""What turns text into vectors: the packaged MiniLM by default, or any embedder that speaks LangChain's two methods."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError
from index.export import PROBES, RECIPE, WEIGHTS_SHA256, exported, model_folder

Vectors = NDArray[np.float32]
# The model was trained on 128 and is used with 256 tokens by sentence-transformers; its tokenizer file says 128.
MAX_TOKENS = 256
# int8 has mean cosine .995 to float32, .989 at worst (300 paragraphs); without VNNI it can saturate far below.
SELF_CHECK_COSINE = 0.97


class Embedder(Protocol):
    """LangChain's `Embeddings` by shape: any object of that class fits, and so does ours."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, all of one length."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        ...


def load_tokenizer(max_tokens: int | None) -> Any:
    """The packaged WordPiece tokenizer, cutting at `max_tokens` (None: nowhere), never padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    if max_tokens is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(max_tokens)
    return tokenizer


class MiniLM:
    """all-MiniLM-L6-v2 in int8 ONNX Runtime: 384 dimensions, unit length, no torch.

    One text a run: dynamic int8 makes a text's vector depend on its batch, and batches of one on as many threads as
    there are cores are also the fastest here (109 a second against 60 with both cores on one text, evals/LOG.md).
    Falls back to float32 where int8 does not reproduce the stored probes.
    """

    name = f"all-MiniLM-L6-v2/{hashlib.sha256(f'{WEIGHTS_SHA256} {RECIPE}'.encode()).hexdigest()[:12]}"
    dimensions = 384

    def __init__(self, *, precision: str = "int8") -> None:
        self._tokenizer = load_tokenizer(MAX_TOKENS)
        self._workers = max(
            1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        )
        self._session = session(exported(precision=precision))
        probes = np.load(exported(precision=precision).with_suffix(".npy"))
        if precision == "int8" and float(np.min(np.sum(self._encode(PROBES) * probes, axis=1))) < SELF_CHECK_COSINE:
            self._session = session(exported(precision="float32"))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors as lists, for LangChain; `encode` gives the array."""
        return [[float(value) for value in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question; the same space as documents."""
        return self.embed_documents([text])[0]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors as an array of shape (len(texts), 384), float32; each depends on its own text alone."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        tokens = [np.array([encoding.ids], dtype=np.int64) for encoding in self._tokenizer.encode_batch(list(texts))]
        result = np.empty((len(texts), self.dimensions), dtype=np.float32)

        def run(position: int) -> None:
            ids = tokens[position]
            inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            result[position] = self._session.run(None, inputs)[0][0]

        # Longest first: the threads end together, and the memory arena is sized once.
        order = sorted(range(len(tokens)), key=lambda position: -tokens[position].shape[1])
        if len(order) == 1 or self._workers == 1:
            for position in order:
                run(position)
        else:
            with ThreadPoolExecutor(self._workers) as pool:
                list(pool.map(run, order))
        return result


class SentenceTransformerEmbedder:
    """Any model that sentence-transformers can load, by name or folder. Torch is imported when it is made.

    Raises EmbedderError when the model cannot be loaded.
    """

    def __init__(self, model_name: str) -> None:
        self.name = f"sentence-transformers:{model_name}"
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(model_name, device="cpu")
        except (OSError, ValueError, ImportError) as error:
            reason = str(error).splitlines()[0]
            raise EmbedderError(
                f"The embedder {model_name} cannot be loaded: {reason}. Name a folder or a hub model that is reachable."
            ) from error

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of unit length, under the model's own prompt for documents where it has one."""
        rows = self._model.encode_document(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
        return [[float(value) for value in row] for row in rows]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, under the model's own prompt for questions where it has one."""
        row = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return [float(value) for value in row]


def load_embedder(name: str | None = None) -> Embedder:
    """The embedder of this name: None or "default" for the packaged MiniLM, else a sentence-transformers model.

    `sentence-transformers:NAME` and plain NAME mean the same. Raises EmbedderError.
    """
    if name in (None, "default", MiniLM.name):
        return MiniLM()
    assert name is not None
    return SentenceTransformerEmbedder(name.removeprefix("sentence-transformers:"))


def embedder_name(embedder: Embedder) -> str:
    """What a library remembers: our embedders name themselves, others are told by class and model."""
    own = getattr(embedder, "name", None)
    if isinstance(own, str):
        return own
    model = getattr(embedder, "model_name", None) or getattr(embedder, "model", None)
    kind = f"{type(embedder).__module__}.{type(embedder).__qualname__}"
    return f"{kind}:{model}" if isinstance(model, str) else kind


def encode(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """Unit vectors of shape (len(texts), dimensions). Raises EmbedderError when the embedder returns anything else."""
    rows = embedder.encode(texts) if isinstance(embedder, MiniLM) else embedder.embed_documents(list(texts))
    return _unit(embedder, rows, len(texts))


def encode_question(embedder: Embedder, question: str) -> NDArray[np.float32]:
    """The unit vector of a question; many models put another prompt before it than before a passage. Raises
    EmbedderError as `encode` does.
    """
    rows = embedder.encode([question]) if isinstance(embedder, MiniLM) else [embedder.embed_query(question)]
    vector: NDArray[np.float32] = _unit(embedder, rows, 1)[0]
    return vector


def _unit(embedder: Embedder, rows: Vectors | list[list[float]], texts: int) -> Vectors:
    vectors = np.asarray(rows, dtype=np.float32)
    if texts == 0:
        return vectors.reshape(0, vectors.shape[-1] if vectors.ndim == 2 else 0)
    if vectors.ndim != 2 or vectors.shape[0] != texts or not np.isfinite(vectors).all():
        raise EmbedderError(
            f"The embedder {embedder_name(embedder)} returned an array of shape {vectors.shape} for {texts} texts"
        )
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit


def session(path: Path, *, without: Sequence[str] = ()) -> Any:
    """An ONNX Runtime session of one thread: several texts are read side by side instead. `without`: names of ONNX
    Runtime's own rewritings of the graph that are left out.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(without)
    )
