//! `lagebild desk people`: who may sign in to the server's pages with a password.

use super::Args;
use crate::exit::{Exit, UsageError};
use crate::print::{Format, plain, print, print_json};
use anyhow::{Context, Result};
use clap::ValueEnum;
use lagebild_desk::PersonRole;
use std::io::IsTerminal;

/// What is done with people.
#[derive(clap::Subcommand)]
pub(super) enum People {
    /// Let somebody sign in; the password is asked for, or read from standard input
    Add {
        /// The name that they act under
        name: String,
        /// What they may do
        #[arg(long, value_enum, default_value_t = Role::Screener)]
        role: Role,
    },
    /// Who may sign in
    List,
    /// Let somebody sign in no longer; wherever they are signed in, that ends at once
    Disable {
        /// The name
        name: String,
    },
    /// Let somebody sign in again
    Enable {
        /// The name
        name: String,
    },
    /// Give somebody another role
    Role {
        /// The name
        name: String,
        /// What they may do
        role: Role,
    },
    /// Give somebody a new password, asked for or read from standard input; wherever they are signed in, that ends at once
    Passwd {
        /// The name
        name: String,
    },
}

/// What someone may do; each role includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Role {
    /// Search lists and read articles; not the desk
    Reader,
    /// Screen, sit at the desk and decide
    Screener,
    /// Confirm what others proposed
    Reviewer,
    /// See metrics, and who looked at what
    Admin,
}

impl From<Role> for PersonRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Reader => Self::Reader,
            Role::Screener => Self::Screener,
            Role::Reviewer => Self::Reviewer,
            Role::Admin => Self::Admin,
        }
    }
}

/// Does it.
pub(super) fn run(args: &Args, people: &People) -> Result<Exit> {
    match people {
        People::Add { name, role } => {
            let mut store = args.new_store()?;
            let password = password()?;
            args.act(|doing| Ok(store.add_person(name, (*role).into(), &password, doing)?))?;
            print(&format!("{} may sign in as {}\n", plain(name), PersonRole::from(*role).word()))
        }
        People::List => {
            let people = args.store()?.people()?;
            if args.format == Format::Json {
                return print_json(&people);
            }
            let line = |it: &lagebild_desk::Person| {
                let disabled = if it.disabled { ", disabled" } else { "" };
                let (name, by) = (plain(&it.name), plain(&it.added_by));
                format!("{name}  {}{disabled}  (by {by}, {})\n", it.role.word(), it.added_at)
            };
            print(&people.iter().map(line).collect::<String>())
        }
        People::Disable { name } => {
            args.store()?.disable_person(name, true)?;
            print(&format!("{} may not sign in any more\n", plain(name)))
        }
        People::Enable { name } => {
            args.store()?.disable_person(name, false)?;
            print(&format!("{} may sign in again\n", plain(name)))
        }
        People::Role { name, role } => {
            args.store()?.set_role(name, (*role).into())?;
            print(&format!("{} is {} now\n", plain(name), PersonRole::from(*role).word()))
        }
        People::Passwd { name } => {
            let mut store = args.store()?;
            store.set_password(name, &password()?)?;
            print(&format!("{} has a new password\n", plain(name)))
        }
    }
}

/// The password: asked for twice at a terminal, without showing it; else the first line of standard input. Never an argument,
/// which others on the machine could see.
fn password() -> Result<String> {
    if std::io::stdin().is_terminal() {
        let ask = |words: &str| rpassword::prompt_password(words).context("cannot read the password");
        let password = ask("Password: ")?;
        if ask("Once more: ")? != password {
            return Err(UsageError("the two are not the same".into()).into());
        }
        return Ok(password);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("cannot read the password")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
