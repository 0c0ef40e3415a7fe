"""What is the reader wrong about? Span or "not here" in each passage, the span among all passages, relevance."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from evals.reader_training.examples import Batch

# Shared normalisation and relevance teach what compares across passages; the span itself stays the main task.
SHARED, RELEVANCE = 1.0, 0.5


def loss(start: Tensor, end: Tensor, relevance: Tensor, batch: Batch) -> Tensor:
    """Summed over pairs. Shared normalisation: one softmax over the pieces of all passages of a group
    (Clark and Gardner 2018, section 3.2), [CLS] left out.
    """
    alone = (
        F.cross_entropy(start, batch.start, reduction="none") + F.cross_entropy(end, batch.end, reduction="none")
    ) / 2
    here = batch.start > 0
    related = F.binary_cross_entropy_with_logits(relevance, here.float(), reduction="none")
    total = alone.sum() + RELEVANCE * related.sum()
    groups = int(batch.group.max()) + 1
    sizes = torch.bincount(batch.group, minlength=groups)
    several = here & (sizes[batch.group] > 1)
    if bool(several.any()):
        for logits, gold in ((start, batch.start), (end, batch.end)):
            each = torch.logsumexp(logits[:, 1:], dim=1)
            together = _by_group(each, batch.group, groups)
            right = logits.gather(1, gold[:, None])[:, 0]
            total = total + SHARED / 2 * (together[batch.group] - right)[several].sum()
        together = _by_group(relevance, batch.group, groups)
        total = total + RELEVANCE * (together[batch.group] - relevance)[several].sum()
    return total


def _by_group(values: Tensor, group: Tensor, groups: int) -> Tensor:
    """logsumexp of the values of each group."""
    most = values.detach().max()
    summed = torch.zeros(groups).index_add(0, group, torch.exp(values - most))
    return torch.log(summed + 1e-30) + most
