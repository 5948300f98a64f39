"""A date asked for in three boxes: day, month and year."""

import datetime as dt
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from krscp.days import month_named


class DateParts(NamedTuple):
    """What was typed, kept so that it can be shown again."""

    day: str = ""
    month: str = ""
    year: str = ""


PARTS = DateParts._fields


def day_boxes(name: str, day: dt.date | DateParts | None) -> dict[str, str]:
    """A day as a browser sends it, in three boxes."""
    return {f"{name}_{part}": value for part, value in parts_of(day)._asdict().items()}


def parts_of(day: dt.date | DateParts | None) -> DateParts:
    if isinstance(day, dt.date):
        return DateParts(str(day.day), str(day.month), str(day.year))
    return day or DateParts()


class DatePartsInput(forms.Widget):
    """Three boxes named `name_day`, `name_month` and `name_year`."""

    template_name = "components/date_input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, autocomplete: str = "") -> None:
        super().__init__(attrs)
        self.autocomplete = autocomplete

    def value_from_datadict(self, data, files, name: str) -> DateParts:
        return DateParts(*(str(data.get(f"{name}_{part}") or "").strip() for part in PARTS))

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def format_value(self, value: dt.date | DateParts | None) -> DateParts:
        return parts_of(value)

    def get_context(self, name, value, attrs) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        faulty = widget["attrs"].pop("faulty", ())
        widget["boxes"] = [self._box(part, widget, faulty) for part in PARTS]
        return context

    def _box(self, part: str, widget: dict[str, Any], faulty) -> dict[str, Any]:
        return {
            "label": part.capitalize(),
            "name": f"{widget['name']}_{part}",
            "id": f"{widget['attrs'].get('id', '')}_{part}",
            "value": getattr(widget["value"], part),
            "width": 4 if part == "year" else 2,
            "faulty": part in faulty,
            "autocomplete": f"{self.autocomplete}-{part}" if self.autocomplete else "",
            "disabled": widget["attrs"].get("disabled"),
        }


class PartsDateField(forms.Field):
    """A date from three boxes; a month may be typed as a name. Gives `datetime.date` or None.

    Its errors carry `faulty`, the boxes to mark, in their params.
    """

    widget = DatePartsInput
    default_error_messages = {
        "incomplete": "Date must include %(missing)s",
        "bad_year": "Year must include 4 numbers",
        "far_year": "Year must be between 2000 and 2100",
        "not_real": "Date must be a real date",
    }

    def to_python(self, value: dt.date | DateParts | None) -> dt.date | None:
        if value is None or isinstance(value, dt.date):
            return value
        if not any(value):
            return None
        self._require_all(value)
        return self._real_date(value)

    def _require_all(self, typed: DateParts) -> None:
        missing = [part for part in PARTS if not getattr(typed, part)]
        if missing:
            raise self._error("incomplete", missing, missing="a " + " and ".join(missing))

    def _real_date(self, typed: DateParts) -> dt.date:
        day, month, year = _number(typed.day), _month(typed.month), _number(typed.year)
        possible = {"day": 1 <= day <= 31, "month": 1 <= month <= 12, "year": year > 0}
        faulty = [part for part in PARTS if not possible[part]]
        if faulty:
            raise self._error("not_real", faulty)
        if len(typed.year) != 4:
            raise self._error("bad_year", ["year"])
        if not 2000 <= year <= 2100:
            raise self._error("far_year", ["year"])
        try:
            return dt.date(year, month, day)
        except ValueError as problem:
            raise self._error("not_real", ["day"]) from problem

    def _error(self, code: str, faulty: list[str], **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"faulty": faulty, **params})


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) <= 4 else 0


def _month(typed: str) -> int:
    """“6”, “June”, “jun” and “Sept.” are all months; 0 when it is none."""
    return month_named(typed) or _number(typed)
