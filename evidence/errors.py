"""Every error that the library raises on purpose, as a tree.

    EvidenceError
    ├── UsageError          wrong arguments or settings: say what to type instead
    │   └── SettingsError   a settings file or variable: names the file, the line and the near key
    ├── ReadError           an input cannot be read: missing, binary, too large, not a regular file
    ├── WriteError          a file was not written: changed since it was read, no space, read-only
    ├── LockError           refs.lock is damaged, too new or has conflict markers: names the line
    ├── FactsError          facts.toml cannot be understood: names the line and what to type
    ├── ServiceError        a service gave no usable answer: carries one of the named causes
    └── NotGathered         a rule asked for an answer that was not gathered: a programming error

The command line turns `UsageError`, `ReadError`, `WriteError`, `LockError` and `FactsError` into
exit code 2; a `ServiceError` never leaves the `services` and `gather` rooms: it becomes an
`Answer` that is unknown.
"""

from __future__ import annotations


class EvidenceError(Exception):
    """The parent of every error that this library raises on purpose."""


class UsageError(EvidenceError):
    """The arguments or the settings ask for something that cannot be done."""


class SettingsError(UsageError):
    """A settings file or an environment variable holds something that is not understood."""


class ReadError(EvidenceError):
    """An input cannot be read at all; the message names it and says why."""


class WriteError(EvidenceError):
    """A file was not written; what was there before is still there."""


class LockError(EvidenceError):
    """The lock file cannot be used as it is; the message names the file and the line."""


class FactsError(EvidenceError):
    """A facts file cannot be understood; the message names the line and what to type instead."""


class ServiceError(EvidenceError):
    """A service gave no usable answer.

    `cause` is one of the named causes of an unknown answer: `timeout`, `connection`, `dns`, `tls`,
    `limit`, `server`, `not-understood`, `mismatch`, `refused`, `budget`, `offline`.
    """

    def __init__(self, cause: str, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.cause = cause
        self.retry_after = retry_after


class NotGathered(EvidenceError):
    """A rule asked for an answer that its `needs` did not announce."""
