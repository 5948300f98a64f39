"""Who was at a meeting, and what it considered."""

from collections.abc import Iterable
from typing import Any

from django import forms

from krscp.forms.careful import WritingForm, long_text
from krscp.forms.edits import EditForm
from krscp.forms.fields import Checkboxes, PartsDateField, Radios, date_example
from subgroups.models import Attending, LearningKind, Meeting, Post


class LearningForm(WritingForm):
    """An audit, deep dive or piece of scrutiny, the priorities it speaks to and what it changes (Rec 7)."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=LearningKind.choices,
        widget=Radios,
        error_messages={"required": "Select what it is"},
    )
    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Enter a title"})
    held_on = PartsDateField(label="Date (optional)", help_text=date_example(), required=False)
    priorities = forms.MultipleChoiceField(
        label="Which priorities does it speak to? (optional)", required=False, widget=Checkboxes, choices=[]
    )
    changes = long_text("What does it change?", required="Enter what it changes, or “Nothing”", rows=3)

    def __init__(self, *args: Any, priorities: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priorities"].choices = [(name, name) for name in priorities]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "title", "held_on", "priorities", "changes")}


class AttendanceForm(EditForm):
    """One answer for each post."""

    others_present = forms.BooleanField(label="Everyone in post who is not marked below was present", required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, posts: list[Post], initial: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        start = {self.name_of(mark.post_id): mark.how for mark in meeting.attendance.all()}
        super().__init__(*args, initial=start | (initial or {}), **kwargs)
        self.posts = posts
        self.held = held = {post.pk: post.is_held for post in posts}  # type: ignore[attr-defined]
        for post in posts:
            self.fields[self.name_of(post.pk)] = forms.ChoiceField(
                label=f"{post.body.short_name}: {post.title}{'' if held[post.pk] else ' (vacant)'}",
                choices=[("", "Not recorded"), *Attending.choices],
                required=False,
                widget=Radios(small=True, inline=True),
            )
        self.order_fields(["others_present", *(self.name_of(post.pk) for post in posts)])

    @staticmethod
    def name_of(post: int) -> str:
        return f"post_{post}"

    def marks(self) -> dict[Post, str]:
        """The posts that were answered for, one by one or all the others at once; "" takes a mark off."""
        asked = [post for post in self.posts if self.name_of(post.pk) in self.data]
        answers = {post: self.cleaned_data[self.name_of(post.pk)] for post in asked}
        others = self.posts if self.cleaned_data["others_present"] else []
        present = {post: Attending.PRESENT.value for post in others if self.held[post.pk] and not answers.get(post)}
        return answers | present
