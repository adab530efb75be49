//! Readings as tables in Parquet files: documents, entities, statements, transfers, findings.

mod cells;
mod columns;

use super::account::Account;
use anyhow::{Context, Result};
use cells::Table;
use lagebild_entities::{EntityId, Match, Mention};
use lagebild_reading::Reading;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The tables of a folder while they are written.
pub(crate) struct Tables {
    folder: PathBuf,
    documents: Table,
    entities: Table,
    statements: Table,
    transfers: Table,
    findings: Table,
}

impl Tables {
    /// Begins all tables in a folder, which is made where needed.
    pub(crate) fn create(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot write to {}", folder.display()))?;
        Ok(Self {
            documents: Table::create(folder, columns::DOCUMENTS)?,
            entities: Table::create(folder, columns::ENTITIES)?,
            statements: Table::create(folder, columns::STATEMENTS)?,
            transfers: Table::create(folder, columns::TRANSFERS)?,
            findings: Table::create(folder, columns::FINDINGS)?,
            folder: folder.to_owned(),
        })
    }

    /// Adds the rows of a reading; `key` tells its document from all others.
    pub(crate) fn add(&mut self, key: &str, reading: &Reading) -> Result<()> {
        let text = reading.text.as_str();
        let document = json!({
            "document": reading.document, "stamp": reading.stamp, "text": text, "warnings": reading.warnings
        });
        self.documents.add(key, &document, text)?;
        let mut mentions: BTreeMap<EntityId, Vec<&Mention>> = BTreeMap::new();
        for mention in &reading.mentions {
            mentions.entry(mention.entity).or_default().push(mention);
        }
        for entity in &reading.entities {
            let own = mentions.get(&entity.id).map(Vec::as_slice).unwrap_or_default();
            let best = entity.matches.iter().max_by(|one, other| one.score.total_cmp(&other.score));
            let mut record = serde_json::to_value(entity)?;
            put(&mut record, "first", json!(own.first().map(|mention| mention.span)));
            put(&mut record, "mentions", json!(own.len()));
            put(&mut record, "best", json!(best.map(named)));
            put(&mut record, "matches", json!(entity.matches.iter().map(named).collect::<Vec<_>>()));
            self.entities.add(key, &record, text)?;
        }
        for statement in &reading.statements {
            self.statements.add(key, &serde_json::to_value(statement)?, text)?;
        }
        for transfer in &reading.transfers {
            let mut record = serde_json::to_value(transfer)?;
            put(&mut record, "standing", json!(transfer.standing()));
            self.transfers.add(key, &record, text)?;
        }
        for finding in &reading.findings {
            for record in found(serde_json::to_value(finding)?) {
                self.findings.add(key, &record, text)?;
            }
        }
        Ok(())
    }

    /// Finishes all tables, and says beside them what became of every input.
    pub(crate) fn finish(self, account: &Account) -> Result<()> {
        for table in [self.documents, self.entities, self.statements, self.transfers, self.findings] {
            table.finish()?;
        }
        let unfinished = self.folder.join("inputs.json.part");
        std::fs::write(&unfinished, serde_json::to_vec_pretty(account)?)?;
        Ok(std::fs::rename(&unfinished, self.folder.join("inputs.json"))?)
    }
}

/// A listed party without the long words that say why.
fn named(one: &Match) -> Value {
    json!({"list": one.list, "party": one.party, "name": one.name, "score": one.score})
}

fn put(record: &mut Value, name: &str, value: Value) {
    if let Some(fields) = record.as_object_mut() {
        fields.insert(name.into(), value);
    }
}

/// A finding and the weaker provisions that stand beside it, each a record of its own.
fn found(mut record: Value) -> Vec<Value> {
    let also = record.as_object_mut().and_then(|fields| fields.remove("also"));
    let mut records = vec![record.clone()];
    for related in also.as_ref().and_then(Value::as_array).into_iter().flatten() {
        let mut beside = record.clone();
        put(&mut beside, "beside", record.get("measure").cloned().unwrap_or_default());
        for name in
            ["measure", "instrument", "paragraph", "verdict", "why", "missing", "exceptions", "source"]
        {
            put(&mut beside, name, related.get(name).cloned().unwrap_or_default());
        }
        records.push(beside);
    }
    records
}
