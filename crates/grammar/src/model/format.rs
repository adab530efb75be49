//! Bytes of a model file: numbers are little endian, texts and tables carry their length.

/// Why bytes are no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The file does not begin as a model does.
    #[error("not a grammar model")]
    Magic,
    /// Written by another version of the format.
    #[error("model format {found}, this program reads {expected}")]
    Version {
        /// The file's version.
        found: u32,
        /// The version that can be read.
        expected: u32,
    },
    /// The bytes are not those that were written.
    #[error("checksum does not match: the file is damaged")]
    Checksum,
    /// The file ends too early.
    #[error("the file ends too early")]
    Short,
    /// A part does not fit together.
    #[error("part `{0}` is inconsistent")]
    Inconsistent(&'static str),
}

/// Writes values one after the other.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn u16(&mut self, value: u16) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn u32(&mut self, value: u32) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.u32(bytes.len() as u32);
        self.0.extend(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(crate) fn texts(&mut self, texts: &[String]) {
        self.u32(texts.len() as u32);
        for text in texts {
            self.text(text);
        }
    }
}

/// Reads them back; never beyond the end.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], FormatError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(FormatError::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, FormatError> {
        self.take(2).map(|bytes| u16::from_le_bytes(bytes.try_into().unwrap_or_default()))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, FormatError> {
        self.take(4).map(|bytes| u32::from_le_bytes(bytes.try_into().unwrap_or_default()))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, FormatError> {
        self.take(8).map(|bytes| u64::from_le_bytes(bytes.try_into().unwrap_or_default()))
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], FormatError> {
        let length = self.u32()? as usize;
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> Result<String, FormatError> {
        let bytes = self.bytes()?;
        String::from_utf8(bytes.to_vec()).map_err(|_| FormatError::Inconsistent("text"))
    }

    pub(crate) fn texts(&mut self) -> Result<Vec<String>, FormatError> {
        let count = self.u32()? as usize;
        let mut texts = Vec::with_capacity(count.min(1024));
        for _ in 0..count {
            texts.push(self.text()?);
        }
        Ok(texts)
    }
}
