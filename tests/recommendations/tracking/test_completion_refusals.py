"""A proposal of completion that lacks something is refused in words, whoever calls the service."""

import uuid

import pytest

from recommendations.domain.workflow import Difference, Status, WorkflowError
from recommendations.services.completion import ForChildren, Proof, propose_completion
from tests.factories import the_part

PROOF, INDIRECT = Proof("Minutes", "That it was agreed"), ForChildren(Difference.NO_DIRECT_EFFECT, "Indirectly")
LACKS = [
    ({"done": ""}, "Enter what was done or decided."),
    ({"proof": Proof("", "That it was agreed")}, "Add at least one piece of evidence and what it shows."),
    ({"proof": Proof("Minutes", "")}, "Add at least one piece of evidence and what it shows."),
    ({"for_children": ForChildren(Difference.EVIDENCED, "")}, "Enter what is different, or select another answer."),
    ({"for_children": ForChildren(Difference.TOO_EARLY, "It began in May")}, "Say when you will look again."),
]


@pytest.mark.parametrize(("lacks", "words"), LACKS)
def test_a_proposal_that_lacks_something_is_refused_and_nothing_is_saved(vca_cochair1, lacks, words):
    part = the_part("25")
    given = {"done": "It was done", "proof": PROOF, "for_children": INDIRECT} | lacks
    with pytest.raises(WorkflowError, match=words):
        propose_completion(part=part, version=part.version, token=uuid.uuid4(), by=vca_cochair1, **given)
    assert (the_part("25").status, part.updates.count(), part.evidence.count()) == (Status.NOT_STARTED, 0, 0)
