"""Every row of the world can be called by words, and leads to a page where it has one."""

import pytest
from django.apps import apps
from django.urls import resolve

MODELS = [model for room in ("recommendations", "subgroups") for model in apps.get_app_config(room).get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_row_is_called_by_words_and_leads_to_a_page(world, model):
    for row in model._base_manager.all()[:20]:
        assert str(row).strip()
        assert f"{model.__name__} object" not in str(row)
        if hasattr(row, "get_absolute_url"):
            resolve(row.get_absolute_url().partition("#")[0].partition("?")[0])
