"""Sentence encoders: texts in, vectors of length 1 out, so that a dot product is the cosine.

The bundled encoder is a sentence-transformers model of one `StaticEmbedding` module: a text's
vector is the mean of the vectors of its pieces. sentence-transformers opens its folder by path
like any other model's, but importing that library takes about four seconds, and the command line
would pay them for every question. A mean of table rows needs none of it, so `StaticEncoder` reads
the same two files (`tokenizer.json`, `model.safetensors`) with tokenizers and numpy alone, in a
tenth of a second; the tests hold both to the same vectors. Every other model goes through
`SentenceTransformersEncoder`. Neither library, nor numpy, is imported before an encoder is opened.

`knowledge/encoder/PROVENANCE.md` tells what the bundled vectors were trained on.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from knowledge.errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

BUNDLED_FOLDER = Path(__file__).parent / "encoder"
"""The base weights, which know no policy."""
BUNDLED_FITTED_FOLDER = BUNDLED_FOLDER / "fitted"
"""The base weights fitted to the bundled question bank."""
BUNDLED_CARDS_FOLDER = BUNDLED_FOLDER / "cards"
"""The fitted weights fitted further to the questions of rules and statements: for telling cards apart, nothing else."""
BUNDLED_UNITS_FOLDER = BUNDLED_FOLDER / "units"
"""The fitted weights fitted further to single sentences and their questions: for choosing what to quote."""
BUNDLED = "bundled"
FIT_FILE = "fit.json"
"""Stands beside weights that `loket train` wrote."""
WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"

# The E5 family was trained with these words in front and loses much without them (its model cards say so).
E5_QUERY_PROMPT = "query: "
E5_PASSAGE_PROMPT = "passage: "


class Encoder(Protocol):
    """Turns texts into vectors.

    `name` is a stable identity: two encoders of one name give the same vectors. Both methods return
    float32 of shape (number of texts, `dimensions`), rows in the order of the texts, each of length
    1; a text in which the encoder knows nothing (an empty one) may give a row of zeros, never NaN.
    """

    name: str
    dimensions: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each question."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each passage."""
        ...


def open_encoder(name: str = "bundled", *, allow_download: bool = False) -> Encoder:
    """The encoder of that name.

    Args:
        name: "bundled" (the fitted weights), the folder of a sentence-transformers model or of weights that
            `loket train` wrote, or the name of a model on the hub.
        allow_download: whether a hub model that is not on this machine may be fetched. Without it
            nothing is asked of the network.

    Raises:
        EncoderError: there is no such model on this machine, or its files cannot be read.
    """
    if name == BUNDLED:
        return StaticEncoder(BUNDLED_FITTED_FOLDER)
    if (Path(name) / FIT_FILE).is_file():
        return StaticEncoder(Path(name))
    return SentenceTransformersEncoder(name, allow_download=allow_download)


class StaticEncoder:
    """A folder of one `StaticEmbedding`, read without sentence-transformers: mean of piece vectors.

    Reads `embedding.weight` (one row a piece, as the library saves it) or `embeddings` of eight-bit
    rows with `weights`, a scale for each row (as the library reads it too). Questions and passages
    are encoded alike.
    """

    def __init__(self, folder: Path, *, label: str = "bundled") -> None:
        """Raises EncoderError when the folder holds no such encoder."""
        from safetensors import SafetensorError
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        try:
            weights_bytes = (folder / WEIGHTS_FILE).read_bytes()
            tokenizer_bytes = (folder / TOKENIZER_FILE).read_bytes()
            self._rows, self._scales = _piece_rows(load(weights_bytes))
        except (OSError, KeyError, SafetensorError) as error:
            raise EncoderError(
                f"no static encoder in {folder}: {error}; wanted {WEIGHTS_FILE} and {TOKENIZER_FILE}; "
                "install the package again or train it with `python -m ingest.train_encoder`"
            ) from error
        try:
            self._tokenizer = Tokenizer.from_buffer(tokenizer_bytes)
        except Exception as error:  # the tokenizers library raises nothing narrower
            raise EncoderError(f"{folder / TOKENIZER_FILE} is no tokenizer: {error}; restore the file") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        if self._tokenizer.get_vocab_size() != len(self._rows):
            raise EncoderError(
                f"{folder} has {self._tokenizer.get_vocab_size()} pieces and {len(self._rows)} vectors, "
                "which must be as many; restore both files from one training"
            )
        self.name = f"{label}:{_fingerprint([weights_bytes, tokenizer_bytes])}"
        self.dimensions = int(self._rows.shape[1])

    @property
    def tokenizer(self) -> Any:
        """The `tokenizers.Tokenizer` that cuts a text into pieces."""
        return self._tokenizer

    def rows(self) -> Vectors:
        """The vectors of the pieces, float32, one row a piece; a copy."""
        import numpy as np

        return np.asarray(self._rows.astype(np.float32) * self._scales[:, None])

    def piece_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of each text's pieces."""
        return [each.ids for each in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each question."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each passage."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if encoding.ids:
                vectors[row] = self._scales[encoding.ids] @ self._rows[encoding.ids].astype(np.float32)
        # The sum and the mean of the rows point the same way, and only the direction stays.
        return _unit_rows(vectors)


class NoEncoder:
    """Stands in for an encoder that cannot be opened: all texts mean nothing, so that words alone are searched."""

    def __init__(self, name: str, dimensions: int) -> None:
        """`name`: of the encoder that it stands in for."""
        self.name = name
        self.dimensions = dimensions

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Rows of zeros."""
        import numpy as np

        return np.zeros((len(texts), self.dimensions), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Rows of zeros."""
        return self.encode_queries(texts)


class SentenceTransformersEncoder:
    """Any sentence-transformers model, from a folder or from the hub's files on this machine.

    Models of the E5 family get their two prefixes; others the prompts they bring, where they do.
    Opening one sets torch to a single thread, for the whole process: short texts gain nothing from
    more, and a server's requests would fight over them.
    """

    def __init__(self, name: str, *, allow_download: bool = False) -> None:
        """Raises EncoderError when the model is not there or cannot be read."""
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(1)
        folder = Path(name)
        if folder.exists() and not (folder / "modules.json").exists() and not (folder / "config.json").exists():
            raise EncoderError(f"{name} is no folder of a sentence-transformers model: wanted modules.json in it")
        try:
            with nullcontext() if allow_download else _hub_offline():
                self._model = SentenceTransformer(name, device="cpu", local_files_only=not allow_download)
        except Exception as error:  # hub, transformers, torch and network errors share no base
            raise EncoderError(_missing_message(name, error, allow_download=allow_download)) from error
        dimensions = self._model.get_embedding_dimension()
        if dimensions is None:
            raise EncoderError(f"model {name!r} does not tell its number of dimensions; choose another")
        self.dimensions = int(dimensions)
        self.name = f"{folder.resolve().name}:{_folder_fingerprint(folder)}" if folder.is_dir() else name
        e5 = "e5" in name.lower()
        prompts = self._model.prompts
        self._query_prompt = E5_QUERY_PROMPT if e5 else prompts.get("query")
        self._passage_prompt = E5_PASSAGE_PROMPT if e5 else prompts.get("passage") or prompts.get("document")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each question."""
        return self._encode(self._model.encode_query, texts, self._query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each passage."""
        return self._encode(self._model.encode_document, texts, self._passage_prompt)

    def _encode(self, encode: Any, texts: Sequence[str], prompt: str | None) -> Vectors:
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = encode(list(texts), prompt=prompt, convert_to_numpy=True, show_progress_bar=False)
        return _unit_rows(np.asarray(vectors, dtype=np.float32))


def _piece_rows(tensors: dict[str, Any]) -> tuple[Any, Vectors]:
    """The table of piece vectors and a factor for each row. Raises KeyError when there is none."""
    import numpy as np

    if "embedding.weight" in tensors:
        rows = tensors["embedding.weight"]
        return rows, np.ones(len(rows), dtype=np.float32)
    return tensors["embeddings"], tensors["weights"].astype(np.float32)


def _unit_rows(vectors: Vectors) -> Vectors:
    """The rows brought to length 1; a row of zeros, or with a value that is no number, becomes zeros."""
    import numpy as np

    finite = np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(finite, axis=1, keepdims=True)
    unit: Vectors = np.divide(finite, lengths, out=np.zeros_like(finite), where=lengths > 0)
    return unit


@contextmanager
def _hub_offline() -> Iterator[None]:
    """The hub's client refuses every request meanwhile.

    `local_files_only` alone does not keep sentence-transformers 6.2 from asking the hub about a model
    that is not there, and HF_HUB_OFFLINE is read from the environment once, when the client is imported.
    """
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before


def _missing_message(name: str, error: Exception, *, allow_download: bool) -> str:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    advice = (
        "check the name and the connection"
        if allow_download
        else "give a folder, put the model in the hub's cache first, or allow the download"
    )
    return f"model {name!r} cannot be opened on this machine ({reason}); {advice}"


def _folder_fingerprint(folder: Path) -> str:
    kinds = {".safetensors", ".bin", ".json", ".txt", ".model"}
    files = sorted(path for path in folder.rglob("*") if path.suffix in kinds and path.is_file())
    return _fingerprint(path.read_bytes() for path in files)


def _fingerprint(contents: Iterable[bytes]) -> str:
    """The first twelve hexadecimal digits of the SHA-256 of the contents one after another."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:12]
