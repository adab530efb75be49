//! Which data sets are served: a YAML file like the manifest of yente.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The data sets to serve.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Data sets and collections of them.
    #[serde(default)]
    pub datasets: Vec<DatasetConfig>,
}

/// One data set, or a collection of others.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatasetConfig {
    /// Short name, as it stands in addresses.
    pub name: String,
    /// Title to show; the name where there is none.
    #[serde(default)]
    pub title: Option<String>,
    /// File of FollowTheMoney entities, one JSON object a line; relative to the configuration file.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// The same as an address; `file://` only, because the server loads nothing from the network.
    #[serde(default)]
    pub entities_url: Option<String>,
    /// A list of the list store (`lagebild lists`) instead of a file.
    #[serde(default)]
    pub list: Option<String>,
    /// Names of the data sets that make up a collection.
    #[serde(default, alias = "datasets")]
    pub children: Vec<String>,
    /// Version to show; else that of the file.
    #[serde(default)]
    pub version: Option<String>,
    /// Web page about the data.
    #[serde(default)]
    pub url: Option<String>,
    /// What it is, in a sentence.
    #[serde(default)]
    pub summary: Option<String>,
    /// Its licence.
    #[serde(default)]
    pub license: Option<String>,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// An entry is wrong.
    #[error(transparent)]
    Entry(#[from] lagebild_data::DataError),
    /// A data set has an address that is no local file.
    #[error("data set `{0}`: `{1}` is no file:// address; download it and give its path")]
    Remote(String, String),
    /// A name that cannot stand in an address.
    #[error("`{0}` cannot be a data set's name: letters, digits, - and _ only")]
    Name(String),
    /// Two data sets have one name.
    #[error("there are two data sets `{0}`")]
    Twice(String),
    /// A collection names a data set that is not there.
    #[error("collection `{0}` names the data set `{1}`, which is not there")]
    Child(String, String),
}

impl Config {
    /// Reads a configuration file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let yaml = std::fs::read_to_string(path).map_err(|error| ConfigError::File(path.into(), error))?;
        let mut config: Self = lagebild_data::parse(&path.display().to_string(), &yaml)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        for dataset in &mut config.datasets {
            if let Some(url) = &dataset.entities_url {
                let file = url.strip_prefix("file://");
                let file = file.ok_or_else(|| ConfigError::Remote(dataset.name.clone(), url.clone()))?;
                dataset.path = Some(file.into());
            }
            dataset.path = dataset.path.as_ref().map(|path| folder.join(path));
        }
        config.check()?;
        Ok(config)
    }

    /// Adds the lists of a store that no data set names yet, and a collection `default` of everything.
    #[must_use]
    pub fn with_lists(mut self, lists: &[String]) -> Self {
        for list in lists {
            let known = self.datasets.iter().any(|it| it.list.as_ref() == Some(list) || it.name == *list);
            if !known {
                self.datasets.push(DatasetConfig {
                    name: list.clone(),
                    list: Some(list.clone()),
                    ..DatasetConfig::default()
                });
            }
        }
        if !self.datasets.iter().any(|it| it.name == "default") && !self.datasets.is_empty() {
            let sources = self.datasets.iter().filter(|it| it.children.is_empty());
            let collection = DatasetConfig {
                name: "default".into(),
                title: Some("All data sets".into()),
                children: sources.map(|it| it.name.clone()).collect(),
                ..DatasetConfig::default()
            };
            self.datasets.push(collection);
        }
        self
    }

    /// Says what is wrong with names and collections.
    pub fn check(&self) -> Result<(), ConfigError> {
        for (at, dataset) in self.datasets.iter().enumerate() {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            if dataset.name.is_empty() || !dataset.name.bytes().all(plain) {
                return Err(ConfigError::Name(dataset.name.clone()));
            }
            if self.datasets.iter().skip(at + 1).any(|other| other.name == dataset.name) {
                return Err(ConfigError::Twice(dataset.name.clone()));
            }
            let missing = dataset.children.iter().find(|child| self.get(child).is_none());
            if let Some(missing) = missing {
                return Err(ConfigError::Child(dataset.name.clone(), missing.clone()));
            }
        }
        Ok(())
    }

    /// The data set of this name.
    pub fn get(&self, name: &str) -> Option<&DatasetConfig> {
        self.datasets.iter().find(|dataset| dataset.name == name)
    }

    /// The data sets that a name stands for: itself, and of a collection all that it is made of.
    pub fn scope(&self, name: &str) -> Vec<String> {
        let mut scope = Vec::new();
        self.gather(name, &mut scope);
        scope
    }

    fn gather(&self, name: &str, scope: &mut Vec<String>) {
        if scope.iter().any(|known| known == name) {
            return;
        }
        let Some(dataset) = self.get(name) else { return };
        scope.push(name.to_owned());
        dataset.children.iter().for_each(|child| self.gather(child, scope));
    }
}

impl DatasetConfig {
    /// Its title, or its name.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    fn read(yaml: &str) -> Result<Config, String> {
        let folder = std::env::temp_dir().join(format!("lagebild-config-{}", yaml.len()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("config.yaml");
        std::fs::write(&path, yaml).unwrap();
        Config::read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn paths_are_relative_to_the_file_and_collections_reach_down() {
        let config = read(
            "datasets:\n  - {name: a, path: a.jsonl}\n  - {name: b, entities_url: 'file:///b.jsonl'}\n  - {name: c, children: [a]}\n  - {name: d, datasets: [c, b]}\n",
        )
        .unwrap();
        assert!(config.get("a").unwrap().path.as_ref().unwrap().is_absolute());
        assert_eq!(config.scope("d"), ["d", "c", "a", "b"]);
        let all = config.with_lists(&["un".into()]);
        assert_eq!(all.get("default").unwrap().children, ["a", "b", "un"]);
    }

    #[test]
    fn wrong_entries_are_named() {
        for (yaml, said) in [
            ("datasets:\n  - {name: a, colour: red}\n", "config.yaml:2"),
            ("datasets:\n  - {name: a, entities_url: 'https://example.org/a'}\n", "no file:// address"),
            ("datasets:\n  - {name: '../a'}\n", "cannot be a data set's name"),
            ("datasets:\n  - {name: a}\n  - {name: a}\n", "two data sets `a`"),
            ("datasets:\n  - {name: a, children: [b]}\n", "which is not there"),
        ] {
            let error = read(yaml).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn collections_in_circles_end() {
        let config = read("datasets:\n  - {name: a, children: [b]}\n  - {name: b, children: [a]}\n").unwrap();
        assert_eq!(config.scope("a"), ["a", "b"]);
    }
}
