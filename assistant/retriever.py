"""Hybrid search as a LangChain retriever, for chains of one's own."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.search import Searcher


class PolicyRetriever(BaseRetriever):
    """Retrieves passages; a document's metadata hold what a citation needs."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 10
    policy_ids: tuple[str, ...] = ()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={
                    "policy_id": hit.passage.policy_id,
                    "section": hit.passage.section,
                    "heading_path": list(hit.passage.heading_path),
                    "page": hit.passage.page,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "relevance": hit.relevance,
                },
            )
            for hit in self.searcher.search(query, self.k, policy_ids=self.policy_ids)
        ]
