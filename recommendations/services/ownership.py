"""Who leads a part. The report names some; the SLG agrees the rest."""

from krscp.text import beginning
from recommendations.models import Ownership, OwnershipBasis, OwnershipKind, Part
from recommendations.services.records import save
from subgroups.models import Body, User

WORDS = Ownership._meta.get_field("reason").max_length or 500


def make_lead(*, part: Part, body: Body, reason: str, by: User) -> Ownership:
    """Make `body` the one lead, agreed by the SLG; who led before supports it from now on."""
    for owned in part.ownerships.filter(kind=OwnershipKind.LEAD).exclude(body=body):
        owned.kind = OwnershipKind.SUPPORTING
        save(owned, by, f"{body} agreed as lead")
    owned = part.ownerships.filter(body=body).first() or Ownership(part=part, body=body)
    owned.kind, owned.basis, owned.reason = OwnershipKind.LEAD, OwnershipBasis.AGREED, beginning(reason, WORDS)
    owned.position = 0
    save(owned, by, "Agreed by the SLG")
    return owned


def name_owner(*, part: Part, body: Body, kind: str, words: str, reason: str, place: int, by: User) -> Ownership:
    """An owner chosen at an import: named in the text with its words, else our reading with its reason."""
    basis = OwnershipBasis.NAMED if words else OwnershipBasis.OUR_READING
    owned = Ownership(
        part=part, body=body, kind=kind, basis=basis, position=place,
        words=beginning(words, WORDS), reason=beginning(reason, WORDS),
    )  # fmt: skip
    save(owned, by, "Report imported")
    return owned
