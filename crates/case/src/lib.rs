//! Many readings merged: shared entities, copies folded into one origin, one timeline.
