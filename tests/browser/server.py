"""How is the chat served in browser tests? Run as `python server.py JSON`: the arguments of `build`, and a port."""

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import uvicorn
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from ui.web.app import build


class SlowModel(BaseChatModel):
    """A hosted model that takes its time over every word."""

    model: str = "slow-hosted"
    seconds: float = 20.0

    @property
    def _llm_type(self) -> str:
        return "slow"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        time.sleep(self.seconds)
        return ChatResult(generations=[ChatGeneration(message=AIMessage("The sea was calm."))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for word in ("The ", "sea ", "was ", "calm."):
            time.sleep(self.seconds / 4)
            yield ChatGenerationChunk(message=AIMessageChunk(word))


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    port = told.pop("port")
    models = [SlowModel()] if told.pop("slow_model", False) else []
    uvicorn.run(build(told.pop("library"), port=port, models=models, **told), port=port, log_level="warning")
