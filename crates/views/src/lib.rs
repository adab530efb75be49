//! A case file for people and programs: terminal, HTML, CSV, FollowTheMoney.
