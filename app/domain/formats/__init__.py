"""Exchange formats: for each, what a row becomes, how that is read back, what it cannot hold, and a sample.

`FORMATS` is the one table; the page of exports, the command line and the documentation are made of it.
"""

from app.domain.formats.base import Format, Purpose, Record
from app.domain.formats.chat import ANTHROPIC, OPENAI_CHAT
from app.domain.formats.evals import DEEPEVAL, INSPECT_AI, PROMPTFOO, SKILL_EVALS
from app.domain.formats.parquet import PARQUET
from app.domain.formats.platforms import LANGFUSE, LANGSMITH, MLFLOW, PHOENIX
from app.domain.formats.preferences import OPENAI_PREFERENCE, TRL_PREFERENCE, TRL_UNPAIRED
from app.domain.formats.tables import CSV, JSONL
from app.domain.formats.text import ALPACA, PROMPT_COMPLETION, TRL_SFT

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        JSONL,
        CSV,
        PARQUET,
        OPENAI_CHAT,
        OPENAI_PREFERENCE,
        ANTHROPIC,
        PROMPT_COMPLETION,
        ALPACA,
        TRL_SFT,
        TRL_PREFERENCE,
        TRL_UNPAIRED,
        PROMPTFOO,
        INSPECT_AI,
        DEEPEVAL,
        LANGFUSE,
        PHOENIX,
        LANGSMITH,
        MLFLOW,
        SKILL_EVALS,
    )
}

__all__ = ["FORMATS", "Format", "Purpose", "Record"]
