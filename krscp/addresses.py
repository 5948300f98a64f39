"""Email addresses in one normal form, so that no two accounts have what people read as the same address."""

import unicodedata

LARGEST_PLAIN = "\x7f"


class OddAddress(ValueError):
    """The address holds a character that looks like another one; the message says which."""


def normal_address(address: str) -> str:
    """The address in small letters, without blanks around it. Raises OddAddress for anything but plain characters.

    An “а” of another alphabet, a full-width letter or an accent makes a second account that nobody can tell from the
    first. A domain with such letters has a plain form too, which begins with xn--.
    """
    plain = address.strip().lower()
    for character in address.strip():
        if character > LARGEST_PLAIN:
            raise OddAddress(_named(character))
    return plain


def _named(character: str) -> str:
    """“а” is “cyrillic small letter a”; an accent that stands alone is shown by its name only."""
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    shown = "" if unicodedata.combining(character) else f"“{character}”, "
    return (
        f"Email address must have plain letters, numbers and signs only. It holds {shown}{name}, which can be taken "
        "for another character. Type the address, do not copy it; a domain with such letters begins with xn--"
    )
