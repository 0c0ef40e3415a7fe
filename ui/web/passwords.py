"""Who may sign in? A file of names and hashed passwords, one `name:hash` a line, made with `onrecord user`."""

from pathlib import Path

from index.errors import OnrecordError

SHORTEST = 8  # characters; NIST SP 800-63B asks for at least eight of a chosen password


class AuthFileError(OnrecordError):
    """The file of users cannot be used."""


def make_auth_entry(user: str, password: str) -> str:
    """The line for the auth file. The hash is Argon2id with a salt of its own; the password is not in it."""
    from argon2 import PasswordHasher

    name = user.strip()
    if not name or ":" in name or any(ord(letter) < 32 for letter in name):
        raise AuthFileError(f"{user!r} cannot be a user's name: give one without ':' and line breaks")
    if len(password) < SHORTEST:
        raise AuthFileError(f"The password of {name} is shorter than {SHORTEST} characters: choose a longer one")
    return f"{name}:{PasswordHasher().hash(password)}"


class AuthFile:
    """The users of a file. It is read again when it changes, so that a user can be taken out while the server runs."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._read_at = -1
        self._hashes: dict[str, str] = {}
        self._reread()

    def _reread(self) -> None:
        try:
            changed = self.path.stat().st_mtime_ns
            if changed == self._read_at:
                return
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise AuthFileError(f"{self.path} cannot be read as a file of users: {error}") from error
        hashes = {}
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.startswith("#"):
                continue
            name, colon, hashed = line.strip().partition(":")
            if not colon or not hashed.startswith("$argon2"):
                raise AuthFileError(f"{self.path}, line {number}: not name:hash; make lines with onrecord user")
            hashes[name] = hashed
        if not hashes:
            raise AuthFileError(f"{self.path} names no user: add one with onrecord user NAME >> {self.path}")
        self._hashes, self._read_at = hashes, changed

    def knows(self, user: str) -> bool:
        """The user is (still) in the file."""
        self._reread()
        return user in self._hashes

    def fingerprint(self, user: str) -> str:
        """Changes with the user's password, so that a changed password ends every older sign-in."""
        self._reread()
        return self._hashes.get(user, "")[-12:]

    def check(self, user: str, password: str) -> bool:
        """The password is the user's. Takes as long for a name that does not exist."""
        from argon2 import PasswordHasher
        from argon2.exceptions import VerificationError

        self._reread()
        # any hash will do for an unknown name: it fails at the end, after the same work
        hashed = self._hashes.get(user) or next(iter(self._hashes.values()))
        try:
            PasswordHasher().verify(hashed, password)
        except VerificationError:
            return False
        return user in self._hashes
