"""Every error that onrecord raises on purpose; each message names the thing and the next step.

OnrecordError
├── SourceError              a source cannot be read at all (missing, empty, binary, refused address)
├── ReadError                one file or record of a source cannot be read; the others go on
├── LibraryError
│   ├── LibraryNotFound      nothing was added yet at this path
│   ├── LibraryMismatch      built by another embedder or splitter, or by a newer onrecord
│   ├── LibraryBusy          another process is writing
│   └── LibraryDamaged       a store is broken and could not be mended on the way
├── ArticleNotFound          no such article or version
├── EmbedderError            an embedder cannot be loaded or returns what it should not
├── QuestionError            an empty or unusable question
├── ModelError               a chat model is unknown, not installed, or failed
├── ReaderError              the local reader's weights are missing or altered
└── SuiteError               an evaluation suite or run is malformed
"""


class OnrecordError(Exception):
    """Base of all errors below. `str(error)` is one line for a person: what is wrong, and what to do next."""


class SourceError(OnrecordError):
    """A source as given cannot be used: nothing of it is read and nothing is written."""


class ReadError(OnrecordError):
    """One file or record cannot be read; the rest of the source goes on."""


class LibraryError(OnrecordError):
    """Something about the library itself."""


class LibraryNotFound(LibraryError):
    """No library at this path yet."""


class LibraryMismatch(LibraryError):
    """The library was built by another embedder or splitter, or by a newer onrecord."""


class LibraryBusy(LibraryError):
    """Another process holds the writer's lock."""


class LibraryDamaged(LibraryError):
    """A store is broken and could not be mended on the way."""


class ArticleNotFound(OnrecordError):
    """No article of this id, or no such version of it."""


class EmbedderError(OnrecordError):
    """An embedder cannot be loaded, or returned vectors of the wrong shape."""


class QuestionError(OnrecordError):
    """The question is empty or too long."""


class ModelError(OnrecordError):
    """A chat model is unknown, not installed, not reachable, or failed."""


class ReaderError(OnrecordError):
    """The local reader's weights are missing or are not the ones that were shipped."""


class SuiteError(OnrecordError):
    """An evaluation suite, a run or its scores are malformed."""
