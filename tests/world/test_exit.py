"""Everything of the world leaves with an exit export, row by row, and nothing else does."""

import json

import pytest
from django.core.management import call_command

from recommendations.exit.carried import EXIT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def test_every_row_of_the_world_leaves_with_what_it_says(tmp_path):
    call_command("exit_export", tmp_path / "all", verbosity=0)
    rows = 0
    for model in EXIT.tables():
        written = json.loads((tmp_path / f"all/data/{model._meta.label_lower}.json").read_text())
        key = model._meta.pk.attname
        told = {row[key]: row for row in written}
        assert len(written) == len(told)
        plain = [field.attname for field in model._meta.fields
                 if field.get_internal_type() in ("CharField", "TextField", "BooleanField", "PositiveIntegerField")
                 and field.attname not in EXIT.secrets.get(model._meta.label, ())]  # fmt: skip
        here = {row[key]: row for row in model._base_manager.values(key, *plain)}
        assert {pk: {name: row[name] for name in (key, *plain)} for pk, row in told.items()} == here, model
        rows += len(here)
    assert rows > 1000
