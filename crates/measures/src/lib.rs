//! Embargo provisions as data, and the check of a flow against those in force on a day.
