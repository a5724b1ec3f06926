"""Every error of the product, as one tree.

LoketError
├── ConfigurationError      a setting or an argument is wrong; the caller must change it
├── SourceError             a policy file or the manifest is wrong; the operator must mend it
│   ├── ManifestError       the manifest contradicts itself or the folder
│   ├── UnreadableFile      a file cannot be read as what it says it is
│   ├── EmptyPolicy         a file was read and holds no policy text
│   └── PracticeError       a practice policy's questions are wrong, or there are none
├── SnapshotError           an index folder cannot be built, published or opened
│   ├── SnapshotBusy        another process is building in this folder
│   ├── SnapshotMissing     nothing has been published in this folder
│   ├── SnapshotCorrupt     a snapshot fails its own checks
│   └── VectorServerError   the Chroma server is away, or has not what it should have
├── BankError               a question bank's file is wrong; its keeper must mend it
├── CardError               a rule card is wrong, or contradicts itself; its keeper must mend it
├── EncoderError            the encoder is missing, or not the one the snapshot was built with
├── ModelError              a chat model does not answer, or fails
└── StoreError              the database cannot be reached, read or written just now

Messages are in lower case: the value seen, the value wanted, the next step. `public_message`
is safe for a provider's eyes; `str(error)` is for the operator.
"""


class LoketError(Exception):
    """Base of all errors raised on purpose."""

    public_message = "Er ging iets mis. Probeer het later opnieuw."


class ConfigurationError(LoketError):
    """A setting or an argument is wrong."""


class SourceError(LoketError):
    """A policy file or the manifest is wrong."""


class ManifestError(SourceError):
    """The manifest contradicts itself, its schema or the folder."""


class UnreadableFile(SourceError):
    """A file cannot be read as what it says it is."""


class EmptyPolicy(SourceError):
    """A file was read and holds no policy text."""


class PracticeError(SourceError):
    """A folder of practice policies holds none, or the questions of one are wrong."""


class SnapshotError(LoketError):
    """An index folder cannot be built, published or opened."""

    public_message = "De beleidsteksten zijn nu niet beschikbaar. Probeer het later opnieuw."


class SnapshotBusy(SnapshotError):
    """Another process is building in this index folder."""


class SnapshotMissing(SnapshotError):
    """Nothing has been published in this index folder."""


class SnapshotCorrupt(SnapshotError):
    """A snapshot fails its own checks."""


class VectorServerError(SnapshotError):
    """The Chroma server does not answer in time, or does not have the snapshot's vectors."""


class EncoderError(LoketError):
    """The encoder is missing, or is not the one that the snapshot was built with."""


class BankError(LoketError):
    """A file of the question bank cannot be read as one, or contradicts itself."""


class CardError(LoketError):
    """A file of rule cards cannot be read as one, or contradicts itself."""


class ModelError(LoketError):
    """A chat model does not answer in time, or fails."""


class StoreError(LoketError):
    """The database cannot be reached, read or written just now."""

    public_message = "Dit kan nu niet worden opgeslagen of opgezocht. Probeer het later opnieuw."
