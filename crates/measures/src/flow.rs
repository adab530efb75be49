//! What is checked: something that goes from one country to another.

pub use lagebild_goods::FlowKind;

/// Something said to go from one country to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// ISO 3166-1 alpha-2 code of the giver's country, upper case; none where it is not known.
    pub from: Option<String>,
    /// The receiver's.
    pub to: Option<String>,
    /// Class id of `data/goods`; none where the words do not say what goes: then only listed parties count.
    pub class: Option<String>,
    /// What kind of thing goes; taken from the class where none.
    pub kind: Option<FlowKind>,
    /// How much, with a unit of the caps: `barrel`, `tonne`, `USD`.
    pub quantity: Option<(f64, String)>,
    /// What this is said to be in exchange for.
    pub exchange: Option<Exchange>,
    /// Ids of listed parties among giver, receiver, carrier and bank, such as `un-sc:KPe.001`.
    pub listed_parties: Vec<String>,
}

/// The other half of an exchange.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// Country of its giver.
    pub from: String,
    /// Country of its receiver.
    pub to: String,
    /// Its class.
    pub class: String,
}
