//! The model file: tensors by name, in the safetensors format.

use super::linear::Linear;
use half::f16;
use safetensors::{Dtype, SafeTensorError, SafeTensors};

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The bytes are not in the safetensors format.
    #[error("not a model file: {0}")]
    Format(#[from] SafeTensorError),
    /// The labels are not in the form expected.
    #[error("the labels cannot be read: {0}")]
    Labels(#[from] serde_json::Error),
    /// A tensor does not have the shape that the others and the labels ask for.
    #[error("tensor `{name}` has {found} numbers where {expected} are expected")]
    Shape {
        /// The tensor's name.
        name: String,
        /// How many numbers it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A table does not fit the others.
    #[error("{0}")]
    Table(&'static str),
}

/// The tensors of a file.
pub(super) struct Tensors<'a>(SafeTensors<'a>);

impl<'a> Tensors<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, ModelError> {
        Ok(Self(SafeTensors::deserialize(bytes)?))
    }

    /// A tensor of half-precision numbers; `count` is how many there must be.
    pub(super) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelError> {
        let floats = self.any_floats(name)?;
        expect(name, floats.len(), count)?;
        Ok(floats)
    }

    /// A tensor of half-precision numbers, however many there are.
    pub(super) fn any_floats(&self, name: &str) -> Result<Vec<f32>, ModelError> {
        let tensor = self.0.tensor(name)?;
        if tensor.dtype() != Dtype::F16 {
            return Err(ModelError::Table("a tensor is not in half precision"));
        }
        let (pairs, _) = tensor.data().as_chunks::<2>();
        Ok(pairs.iter().map(|pair| f16::from_le_bytes(*pair).to_f32()).collect())
    }

    /// A linear map whose weights are stored in 8 bits.
    pub(super) fn linear(&self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, ModelError> {
        let tensor_name = format!("{name}.weight.q8");
        let tensor = self.0.tensor(&tensor_name)?;
        expect(&tensor_name, tensor.data().len(), inputs * outputs)?;
        let rows: Vec<i8> = tensor.data().iter().map(|byte| byte.cast_signed()).collect();
        let scales = self.floats(&format!("{name}.weight.scale"), outputs)?;
        Ok(Linear::new(inputs, &rows, &scales, &self.floats(&format!("{name}.bias"), outputs)?))
    }

    /// A linear map whose weights are stored in half precision; they are rounded to 8 bits.
    pub(super) fn rounded(&self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, ModelError> {
        let rows = self.floats(&format!("{name}.weight"), inputs * outputs)?;
        Ok(Linear::rounded(inputs, &rows, &self.floats(&format!("{name}.bias"), outputs)?))
    }

    /// `count` matrices without bias one after the other, stored in half precision with the inputs first. The outputs of
    /// all follow each other.
    pub(super) fn turned(
        &self,
        name: &str,
        count: usize,
        inputs: usize,
        outputs: usize,
    ) -> Result<Linear, ModelError> {
        let stored = self.floats(name, count * inputs * outputs)?;
        let turn = |matrix: &[f32]| -> Vec<f32> {
            (0..outputs).flat_map(|output| matrix.iter().skip(output).step_by(outputs).copied()).collect()
        };
        let rows: Vec<f32> = stored.chunks_exact(inputs * outputs).flat_map(turn).collect();
        Ok(Linear::rounded(inputs, &rows, &vec![0.0; count * outputs]))
    }
}

fn expect(name: &str, found: usize, expected: usize) -> Result<(), ModelError> {
    if found == expected {
        return Ok(());
    }
    Err(ModelError::Shape { name: name.into(), found, expected })
}
