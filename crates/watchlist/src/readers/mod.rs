//! Readers of the publishers' list files: bytes in, parties and problems out.
//!
//! Every reader is tolerant: a record that cannot be read becomes a [`RecordProblem`] with its place, the rest is
//! kept. Values stand in `FollowTheMoney` properties. Dates are written in EDTF (ISO 8601-2): `1984`, `1984-01`,
//! `1984~` for "circa", `1967/1969` for a range.

mod csl;
mod dates;
mod dfat;
mod eu;
mod eu_csv;
mod file;
mod ftm;
mod ftm_links;
mod links;
mod mended;
mod ofac_advanced;
mod ofac_csv;
mod ofac_xml;
mod own;
mod seco;
mod sema;
mod simple;
mod table;
mod uk;
mod uk_csv;
mod un;
mod xml;

pub use file::{FileError, FormatName, format_of, read_files};
pub use ofac_csv::{OfacCsv, read_ofac_csv};
pub use uk::{UkTables, read_uk_tables};

use crate::party::Party;
use lagebild_names::schema_called;
use std::io::BufRead;

/// The publishers' formats of one file each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// OFAC's advanced XML (SDN and Consolidated).
    OfacAdvanced,
    /// OFAC's classic XML.
    OfacXml,
    /// The United Nations consolidated list.
    Un,
    /// The EU's financial sanctions file, version 1.1.
    EuFsf,
    /// The same as CSV.
    EuFsfCsv,
    /// The UK's consolidated list of targets (OFSI), CSV.
    UkConList,
    /// The UK Sanctions List, XML.
    UkSanctionsList,
    /// The UK Sanctions List, CSV.
    UkSanctionsListCsv,
    /// OpenSanctions' simple tables of targets, CSV.
    TargetsSimple,
    /// The Swiss SECO list.
    Seco,
    /// Canada's autonomous sanctions list.
    Sema,
    /// Australia's DFAT list as CSV.
    Dfat,
    /// The US consolidated screening list as CSV.
    UsCsl,
    /// `FollowTheMoney` entities, one JSON object a line.
    FollowTheMoney,
}

/// All formats of one file.
pub const FORMATS: [Format; 14] = [
    Format::OfacAdvanced,
    Format::OfacXml,
    Format::Un,
    Format::EuFsf,
    Format::EuFsfCsv,
    Format::UkConList,
    Format::UkSanctionsList,
    Format::UkSanctionsListCsv,
    Format::TargetsSimple,
    Format::Seco,
    Format::Sema,
    Format::Dfat,
    Format::UsCsl,
    Format::FollowTheMoney,
];

impl Format {
    /// Its name, as `lagebild lists` shows it.
    pub const fn name(self) -> FormatName {
        match self {
            Self::OfacAdvanced => "ofac-advanced",
            Self::OfacXml => "ofac-xml",
            Self::Un => "un-xml",
            Self::EuFsf => "eu-fsf",
            Self::EuFsfCsv => "eu-fsf-csv",
            Self::UkConList => "uk-conlist",
            Self::UkSanctionsList => "uk-sanctions-list",
            Self::UkSanctionsListCsv => "uk-sanctions-list-csv",
            Self::TargetsSimple => "targets-simple",
            Self::Seco => "seco-xml",
            Self::Sema => "sema-xml",
            Self::Dfat => "dfat-csv",
            Self::UsCsl => "us-csl",
            Self::FollowTheMoney => "follow-the-money",
        }
    }

    /// The format of a file that begins like this (a thousand bytes are enough).
    pub fn guess(head: &str) -> Option<Format> {
        const SIGNS: [(&str, Format); 16] = [
            ("ADVANCED_XML", Format::OfacAdvanced),
            ("<sdnList", Format::OfacXml),
            ("<CONSOLIDATED_LIST", Format::Un),
            ("/fpi/fsd/export", Format::EuFsf),
            ("Entity_LogicalId;", Format::EuFsfCsv),
            ("<swiss-sanctions-list", Format::Seco),
            ("<Designations", Format::UkSanctionsList),
            ("<data-set", Format::Sema),
            ("\"Unique ID\",\"OFSI Group ID\"", Format::UkSanctionsListCsv),
            ("Unique ID,OFSI Group ID", Format::UkSanctionsListCsv),
            ("id,schema,name,aliases,", Format::TargetsSimple),
            ("\"id\",\"schema\",\"name\",\"aliases\"", Format::TargetsSimple),
            ("Name 6,Name 1", Format::UkConList),
            ("Reference,Name of Individual or Entity", Format::Dfat),
            ("_id,source,entity_number", Format::UsCsl),
            ("\"schema\"", Format::FollowTheMoney),
        ];
        SIGNS.iter().find(|(sign, _)| head.contains(sign)).map(|(_, format)| *format)
    }
}

/// What a list file holds.
#[derive(Clone, Debug, Default)]
pub struct ListReading {
    /// The day that the file itself states, ISO 8601.
    pub date: Option<String>,
    /// Its parties, in the order of the file.
    pub parties: Vec<Party>,
    /// What could not be read or had to be mended.
    pub problems: Vec<RecordProblem>,
    /// The file ends too early, or what follows in it is no list.
    pub torn: bool,
    /// What the file has and the reader does not take: columns, kinds of records.
    pub left_out: Vec<String>,
    /// How many relations between parties were read: those in [`Party::links`].
    pub links: usize,
    /// How many of those that the file states lead to no party of it; those that give a name are kept with it.
    pub unresolved: usize,
    /// Relations found so far.
    stated: Vec<links::Stated>,
}

/// A record that could not be read, or text that had to be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordProblem {
    /// Where: a line or a byte, and the record's reference where it is known.
    pub place: String,
    /// What is wrong.
    pub reason: String,
}

impl ListReading {
    fn problem(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.problems.push(RecordProblem { place: place.into(), reason: reason.into() });
    }

    /// Reports where the file breaks off.
    fn tear(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.torn = true;
        self.problem(place, reason);
    }

    /// Keeps a party that has a name; reports one that has none.
    fn keep(&mut self, party: Party) {
        if party.names.is_empty() {
            self.problem(party.id, "the record has no name");
        } else {
            self.parties.push(party);
        }
    }

    /// Takes out and reports the parties that no row of any table gave a name.
    fn named(mut self) -> Self {
        for party in std::mem::take(&mut self.parties) {
            self.keep(party);
        }
        self
    }
}

/// Reads a list file. `list` is the short name that goes before the colon of each party's id.
pub fn read_list(source: impl BufRead, format: Format, list: &str) -> ListReading {
    let reading = match format {
        Format::OfacAdvanced => ofac_advanced::read(source, list),
        Format::OfacXml => ofac_xml::read(source, list),
        Format::Un => un::read(source, list),
        Format::EuFsf => eu::read(source, list),
        Format::EuFsfCsv => eu_csv::read(source, list),
        Format::UkConList => uk::read_conlist(source, list),
        Format::UkSanctionsList => uk::read_xml(source, list),
        Format::UkSanctionsListCsv => uk_csv::read(source, list),
        Format::TargetsSimple => simple::read(source, list),
        Format::Seco => seco::read(source, list),
        Format::Sema => sema::read(source, list),
        Format::Dfat => dfat::read(source, list),
        Format::UsCsl => csl::read(source, list),
        Format::FollowTheMoney => ftm::read(source, list),
    };
    reading.named().settle()
}

/// The schema behind a list's own word for a kind of party; what it calls by none that is known is some body.
fn schema(kind: &str) -> &'static str {
    schema_called(kind).unwrap_or("Organization")
}
