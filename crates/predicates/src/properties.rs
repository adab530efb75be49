//! What holds of the grammar of a language: `properties` in `data/lexicon/<code>/predicates.yaml`.

use serde::Deserialize;

/// A property of a language's grammar, or of how its trees are made. A language has those that its file lists; without any, its trees
/// are read as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    // Verbs
    /// A verb may stand apart from its first part, which is written before it in the dictionary: "liefert … aus", "ausliefern".
    SeparableVerbs,
    /// A verb may stand behind its objects: "Kiew Panzer zu überlassen".
    VerbFinal,
    /// A finite verb before its subject opens a condition: "Liefert China Waffen, …", "Should China deliver, …".
    VerbFirstConditions,
    /// An infinitive has no subject of its own: what a tree takes for one is an object.
    SubjectlessInfinitives,
    /// An auxiliary governs infinitives with their mark: "is to deliver", "ought to have delivered".
    AuxiliariesWithMarkedInfinitive,
    /// Some participles are written like the infinitive ("überlassen"), and trees take one for the other.
    ParticiplesLikeInfinitives,
    /// A participle with a subject has an auxiliary: without one, "that the navy seized" is a past tense.
    ParticiplesNeedAuxiliary,
    /// A verb shares the subject of another whatever number its form shows.
    SubjectsSharedInAnyNumber,
    /// Trees tell no forms of verbs: one without mood is an infinitive, in the past a participle.
    VerbFormsUntold,
    /// An auxiliary of the perfect makes a passive of verbs that speak of others: "die Lieferung ist geplant".
    StatePassives,
    /// Trees call participles active that are part of a passive.
    VoiceOfParticiplesUnsure,
    /// A reflexive verb with a thing as its subject may be a passive: "se vendieron armas".
    ReflexivePassive,
    /// Pronouns are left out: a clause without a subject may be about that of the clause above.
    ProDrop,
    /// A verb carries a noun as its object only ("leistete Hilfe"), never by a preposition ("procéder à la livraison").
    SupportByObjectOnly,
    /// A noun and the verb behind it are one verb: "teslim etti".
    LightVerbs,
    /// Clauses that complete others have participles and verbal nouns, with a case and a tense: "edeceğini".
    NominalisedClauses,
    /// A noun of action stands where others have an infinitive: "تستطيع تسليم".
    NounsForInfinitives,
    /// Verbs have no forms: an auxiliary, or whoever does it, makes a passive by itself ("被法国交付"), and a verb right before another
    /// one governs it ("停止交付").
    UninflectedVerbs,
    // Objects
    /// Objects may have a preposition or particle (differential object marking): "demandó a Irán", "把".
    MarkedObjects,
    /// Receiver and thing may stand side by side without a preposition: "gave Kyiv tanks", "Kiew Panzer überlassen".
    DoubleObjects,
    /// Of the two the receiver always comes first: "send it soldiers".
    ReceiverFirst,
    /// The object may stand right behind the subject, where trees take it for a part of that: "hat die Reederei Öl transportiert".
    ObjectsBesideSubject,
    // Cases
    /// Nouns and pronouns show their case by their endings: where it tells subject from object, order does not.
    CaseEndings,
    /// Even so, what stands before the verb is surer than the case that trees tell.
    OrderBeforeCase,
    /// A noun without article or pronoun shows no case, whatever its features say.
    BareNounsWithoutCase,
    /// Words of capital letters show no case: "США".
    AcronymsWithoutCase,
    // Nouns
    /// Compounds are written as one word: the last part says what it is ("Augenzeugenbericht").
    ClosedCompounds,
    /// What belongs to a noun stands before it: in the genitive its owner, in the nominative the first part of a compound.
    HeadFinalNouns,
    // Relative clauses
    /// The pronoun that opens a relative clause may be one that also asks, which trees do not call relative: "которая".
    InterrogativeRelatives,
    /// A relative clause may do without a pronoun: "the tanks Jordan wants to buy".
    ZeroRelatives,
}
