//! What a name is in each script and culture, how two names compare, and why.
