//! Classes of goods and services, their codes, and the words that name them.
