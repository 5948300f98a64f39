"""A person with an account. What the person may do comes from posts, never from the account."""

from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from krscp.addresses import normal_address
from krscp.clock import today
from subgroups.models.history import history_of
from subgroups.models.post import Post


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **extra: Any) -> "User":
        """A new account; without a password nobody can sign in to it until one is set.

        Raises OddAddress for an address that could be taken for another one.
        """
        user = self.model(email=normal_address(email), name=name.strip(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    """A person, known by e-mail address. Accounts are closed, never deleted, so that the record stands."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    history = history_of(excluded_fields=["password", "last_login"])
    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A sign-in is no change of the account, so it leaves no history row."""
        if list(kwargs.get("update_fields") or []) != ["last_login"]:
            super().save(*args, **kwargs)
            return
        self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def current_posts(self) -> list[Post]:
        """The posts held today, London time; read once a request. A closed account holds none."""
        if not self.is_active:
            return []
        held = self.appointments.in_force(today()).values("post_id")
        return list(Post.objects.filter(pk__in=held).select_related("body", "agency"))

    @property
    def post_titles(self) -> str:
        """The posts held today in words, for the record of who acted."""
        return "; ".join(post.title for post in self.current_posts)
