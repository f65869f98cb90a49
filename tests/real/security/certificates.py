"""An authority of the test's own, and the certificates that it signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Identity:
    """A certificate with its chain, and its key in PKCS #8, the only form that Kafka reads. All PEM."""

    certificate: Path
    key: Path
    both: Path


class Authority:
    """Signs certificates into a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._ca = trustme.CA()
        self.file = folder / "ca.pem"
        self._ca.cert_pem.write_to_path(str(self.file))

    def issue(self, name: str, *hosts: str, days: int = 2, key_password: str | None = None) -> Identity:
        """A certificate for *hosts*, whose common name is *name*; with less than no days it has expired."""
        now = datetime.now(UTC)
        start = now - timedelta(days=1) if days > 0 else LONG_AGO
        leaf = self._ca.issue_cert(*hosts, common_name=name, not_before=start, not_after=now + timedelta(days=days))
        identity = Identity(*(self._folder / f"{name}-{part}.pem" for part in ("certificate", "key", "both")))
        chain = b"".join(blob.bytes() for blob in leaf.cert_chain_pems)
        key = load_pem_private_key(leaf.private_key_pem.bytes(), None)
        hidden = BestAvailableEncryption(key_password.encode()) if key_password else NoEncryption()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)
        identity.certificate.write_bytes(chain)
        identity.key.write_bytes(pem)
        identity.both.write_bytes(pem + chain)
        for file in (identity.key, identity.both):
            file.chmod(0o600)
        return identity
