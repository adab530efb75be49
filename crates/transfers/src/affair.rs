//! The two sides of the affair that an article is about, for what a sentence leaves out.

use crate::find::Candidate;
use lagebild_entities::EntityId;
use lagebild_span::Span;

/// Who gives and who gets, where both are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Flow {
    at: Span,
    giver: EntityId,
    receiver: EntityId,
}

/// All flows of a document that name both sides, in text order, questions and warnings included.
#[derive(Debug, Default)]
pub(crate) struct Affair {
    flows: Vec<Flow>,
    /// Where sections begin.
    sections: Vec<u32>,
}

impl Affair {
    /// `sections`: where headings stand, in order.
    pub(crate) fn new<'c>(candidates: impl Iterator<Item = &'c Candidate>, sections: Vec<u32>) -> Self {
        let flows = candidates
            .filter_map(|candidate| {
                let (giver, receiver) = candidate.giver.zip(candidate.receiver)?;
                Some(Flow { at: candidate.trigger, giver, receiver })
            })
            .collect();
        Self { flows, sections }
    }

    /// The sides of a transfer with what is missing filled in from the affair; none where the affair does not say.
    pub(crate) fn complete(
        &self,
        giver: Option<EntityId>,
        receiver: Option<EntityId>,
        at: Span,
    ) -> Option<(EntityId, EntityId)> {
        match (giver, receiver) {
            (Some(giver), Some(receiver)) => Some((giver, receiver)),
            (Some(giver), None) => self.partner(giver, true, at).map(|receiver| (giver, receiver)),
            (None, Some(receiver)) => self.partner(receiver, false, at).map(|giver| (giver, receiver)),
            (None, None) => None,
        }
    }

    /// The other side of a flow with `side`: in this section in the same direction, else in any; else anywhere in the same
    /// direction.
    fn partner(&self, side: EntityId, gives: bool, at: Span) -> Option<EntityId> {
        let section = self.section(at.start);
        let same = |flow: &&Flow| if gives { flow.giver == side } else { flow.receiver == side };
        let other = |flow: &Flow| if flow.giver == side { flow.receiver } else { flow.giver };
        let concerns = |flow: &&Flow| flow.giver == side || flow.receiver == side;
        let here = self.flows.iter().filter(|flow| self.section(flow.at.start) == section);
        here.clone()
            .find(same)
            .or_else(|| here.clone().find(concerns))
            .or_else(|| self.flows.iter().find(same))
            .map(other)
    }

    fn section(&self, at: u32) -> usize {
        self.sections.partition_point(|start| *start <= at)
    }

    /// The direction that the heading or an earlier sentence of a section gives.
    pub(crate) fn direction(&self, at: Span) -> Option<(EntityId, EntityId)> {
        let section = self.section(at.start);
        let before = |flow: &&Flow| self.section(flow.at.start) == section && flow.at.start < at.start;
        self.flows.iter().rfind(before).map(|flow| (flow.giver, flow.receiver))
    }
}
