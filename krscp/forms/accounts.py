"""The sign-in forms in our words; settings.ACCOUNT_FORMS names them."""

from allauth.account import forms as allauth
from django.core.exceptions import ValidationError

from krscp.addresses import OddAddress, normal_address
from krscp.forms.fields import PlainErrors


class SignIn(PlainErrors, allauth.LoginForm):
    """Email address and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Email address"
        self.fields["login"].error_messages["required"] = "Enter your email address"
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Enter your password"


class AskForReset(PlainErrors, allauth.ResetPasswordForm):
    """The address that the link goes to."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Email address"
        self.fields["email"].error_messages["required"] = "Enter your email address"

    def clean_email(self) -> str:
        """A link goes to the address as it is typed: one that only looks like an account's must not get it."""
        try:
            self.cleaned_data["email"] = normal_address(self.cleaned_data["email"])
        except OddAddress as odd:
            raise ValidationError(str(odd)) from odd
        return super().clean_email()


class SetPassword(PlainErrors, allauth.ResetPasswordKeyForm):
    """A new password, typed twice."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self)


class ChangePassword(PlainErrors, allauth.ChangePasswordForm):
    """The password now, and a new one typed twice."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Password now"
        _name_passwords(self)


def _name_passwords(form) -> None:
    form.fields["password1"].label = "New password"
    form.fields["password1"].help_text = "At least 12 characters. Three random words are easy to remember."
    form.fields["password2"].label = "New password again"
