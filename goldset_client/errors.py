"""What can go wrong between a program and Goldset."""


class GoldsetClientError(Exception):
    """Base of every error of this client."""


class NotReachable(GoldsetClientError):
    """No answer came, however often it was tried."""


class Refused(GoldsetClientError):
    """Goldset answered that it will not do this. `status` is the HTTP status; `errors` map fields to sentences."""

    def __init__(self, status: int, detail: str, errors: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.errors = status, errors or {}
