"""Settings from the environment."""

from __future__ import annotations

import pytest

from nutgraf.config import load_config
from nutgraf.errors import ConfigError


def test_the_environment_sets_a_table_s_key() -> None:
    config = load_config(None, {"NUTGRAF_EMBED__MODEL": "models/m", "NUTGRAF_EMBED__THREADS": "2"})
    assert (config.embed.model, config.embed.threads) == ("models/m", 2)


def test_a_setting_of_the_environment_that_is_none_is_named() -> None:
    with pytest.raises(ConfigError, match="`modle`; did you mean `model`"):
        load_config(None, {"NUTGRAF_EMBED__MODLE": "m"})


def test_what_other_parts_read_from_the_environment_is_no_setting() -> None:
    others = {"NUTGRAF_NEWSROOM": "desk", "NUTGRAF_DATA": "data", "PATH": "/bin"}
    assert load_config(None, others) == load_config(None, {})
