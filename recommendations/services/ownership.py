"""Who leads a part. The report names some; the SLG agrees the rest. Nothing else makes an owner."""

from datetime import date

from krscp.text import beginning
from recommendations.domain.workflow import Status, WorkflowError
from recommendations.models import Ownership, OwnershipBasis, OwnershipKind, Part
from subgroups.models import Appointment, Body, BodyKind, User
from subgroups.permissions import OwnerThen, leading_roles
from subgroups.services.records import save

WORDS = Ownership._meta.get_field("reason").max_length or 500
WAITS = "This waits for the SLG’s sign-off, so its owner stays. Sign it off or send it back first."


def owners_on(part: Part, day: date) -> list[OwnerThen]:
    """Who leads the part, and who leads those bodies on a day: kept with a proposal, for whoever signs it off."""
    held = Appointment.objects.in_force(day).filter(post__role__in=leading_roles())
    return [
        {
            "body": owned.body_id,
            "slg": owned.body.kind == BodyKind.SLG,
            "leads": sorted({seat.person_id for seat in held.filter(post__body=owned.body_id)}),
        }
        for owned in part.leads
    ]


def _check_stays(part: Part) -> None:
    """No owner changes while sign-off waits (product, section 10). Raises WorkflowError."""
    if part.status == Status.AWAITING_SIGN_OFF:
        raise WorkflowError(WAITS)


def make_lead(*, part: Part, body: Body, reason: str, by: User) -> Ownership:
    """Make `body` the one lead, agreed by the SLG; who led before supports it from now on."""
    _check_stays(part)
    for owned in part.ownerships.filter(kind=OwnershipKind.LEAD).exclude(body=body):
        owned.kind = OwnershipKind.SUPPORTING
        save(owned, by, f"{body} agreed as lead")
    owned = part.ownerships.filter(body=body).first() or Ownership(part=part, body=body)
    owned.kind, owned.basis, owned.reason = OwnershipKind.LEAD, OwnershipBasis.AGREED, beginning(reason, WORDS)
    owned.position = 0
    return save(owned, by, "Agreed by the SLG")


def name_owner(
    *, part: Part, body: Body, kind: str, words: str, reason: str, place: int, by: User | None,
    why: str = "Report imported", basis: str = "",
) -> Ownership:
    """An owner of an import or of our reading: named in the text with its words, else our reading with its reason."""
    _check_stays(part)
    basis = basis or (OwnershipBasis.NAMED if words else OwnershipBasis.OUR_READING)
    owned = Ownership(
        part=part, body=body, kind=kind, basis=basis, position=place,
        words=beginning(words, WORDS), reason=beginning(reason, WORDS),
    )  # fmt: skip
    return save(owned, by, why)
