//! Kills the service at random moments during many orders, and counts the errors.
//!
//! The acquirer and the buyers are in this process, which is not killed. The service is a process of its own. Time runs
//! faster, so that the five minutes of a retry are short. A seed decides all chances, but the machine schedules the
//! tasks, so that no two runs are alike.

#[path = "../support/address.rs"]
mod address;
mod audit;
mod buyers;
mod mischief;
mod process;
#[path = "../support/search.rs"]
mod search;
mod shop_audit;
mod shoppers;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use audit::{Audit, stored};
use buyers::{Asked, End, Market};
use cashflows_codec::gateway;
use cashflows_codec::remote_auth::Credentials;
use clap::Parser;
use merchant::acquirer::loopback::Loopback;
use merchant::clock::Clock;
use merchant::config::SIMULATED;
use mischief::Faults;
use process::{Launcher, Running, allow_core_files, core_files};
use search::{Found, Secrets};
use shop_audit::{ShopAudit, is_settled, shop_orders};
use shoppers::Visit;

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const PASSWORD: &str = "correct-horse-battery-staple";
const KEY: &str = "6f9619ff-8b86-4d01-b42d-00c04fc964ff";

/// Kills the service with `kill -9` at random moments during many orders, and compares its orders with the acquirer's
/// ledger at the end
#[derive(Debug, Parser)]
#[command(name = "chaos")]
struct Options {
    /// Number of orders
    #[arg(long, default_value_t = 1_000)]
    orders: usize,
    /// Number of buyers at a time
    #[arg(long, default_value_t = 8)]
    buyers: usize,
    /// Number of visits to the shop; default: a third of the orders
    #[arg(long)]
    visits: Option<usize>,
    /// Number of shoppers at a time
    #[arg(long, default_value_t = 6)]
    shoppers: usize,
    /// Factor by which time runs faster for service and acquirer
    #[arg(long, default_value_t = 20)]
    faster: u32,
    /// Most milliseconds between two kills; 0 is never
    #[arg(long, default_value_t = 600)]
    kill_within: u64,
    /// Seed of all chances; default: the time
    #[arg(long)]
    seed: Option<u64>,
    /// Folder for database and log; default: one that is deleted if all is well
    #[arg(long)]
    folder: Option<PathBuf>,
}

fn main() -> ExitCode {
    let outcome = tokio::runtime::Runtime::new()
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(run(&Options::parse())));
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("chaos: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<bool, Failure> {
    let seed = options.seed.unwrap_or_else(|| fastrand::u64(..1_000_000));
    let visits = options.visits.unwrap_or(options.orders / 3);
    println!("chaos: {} orders, {visits} visits to the shop, seed {seed}", options.orders);
    let mut random = fastrand::Rng::with_seed(seed);
    let folder = match &options.folder {
        Some(folder) => folder.clone(),
        None => tempfile::Builder::new().prefix("merchant-chaos-").tempdir()?.keep(),
    };
    std::fs::create_dir_all(&folder)?;
    search::control(&folder)?;
    let cores_possible = allow_core_files(&folder)?;

    let faults = Faults::new(random.fork());
    let (began, origin) = (Instant::now(), SystemTime::now());
    let credentials = Credentials::new("1234567".parse()?, PASSWORD.parse()?);
    let configuration = gateway::Credentials::new(SIMULATED.0.parse()?, KEY.parse()?);
    let clock = Clock::faster(origin, options.faster);
    let anywhere = ([127, 0, 0, 1], 0).into();
    let acquirer = Loopback::start(anywhere, credentials, configuration, clock, faults.mischief()).await?;
    faults.script_webhooks(&mut acquirer.simulator(), u32::try_from(visits * 4)?);
    let launcher = Launcher {
        folder: folder.clone(),
        address: address::free(),
        acquirer: acquirer.url(),
        gateway: acquirer.base(),
        password: PASSWORD.to_owned(),
        key: KEY.to_owned(),
        faster: options.faster,
        faster_from: origin,
    };
    let market = Arc::new(Market {
        service: launcher.address,
        orders: options.orders,
        taken: AtomicUsize::new(0),
        visits,
        entered: AtomicUsize::new(0),
        cards: Mutex::default(),
        asked: Mutex::default(),
        visits_made: Mutex::default(),
    });

    let mut buyers = tokio::task::JoinSet::new();
    for _ in 0..options.buyers {
        buyers.spawn(buyers::queue(Arc::clone(&market), random.fork()));
    }
    for _ in 0..options.shoppers {
        buyers.spawn(shoppers::queue(Arc::clone(&market), random.fork()));
    }
    let mut service = launcher.start()?;
    let mut kills = Kills::default();
    while !buyers.is_empty() {
        let until_killed = match options.kill_within {
            0 => Duration::MAX,
            most => Duration::from_millis(random.u64(10..=most.max(10))),
        };
        let all_gone = async { while buyers.join_next().await.is_some() {} };
        if tokio::time::timeout(until_killed, all_gone).await.is_err() {
            service = kills.kill(service, &launcher)?;
        }
    }
    // From now on, open orders have all the time they need.
    faults.end();
    let settled = wait_until_settled(&launcher, options.faster).await?;
    let cards = market.cards.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let secrets = Secrets::new(cards.iter().map(String::as_str), [PASSWORD, KEY].map(str::to_owned));
    // The disk is searched while the service runs, and again after its clean stop.
    let (mut found, mut searched) = secrets.search(&folder)?;
    let in_memory = service.memory().map(|memory| secrets.numbers_in(&memory));
    let stopped = service.stop()?;
    let (more, more_searched) = secrets.search(&folder)?;
    for more in more {
        if !found.contains(&more) {
            found.push(more);
        }
    }
    searched = searched.max(more_searched);
    let took = began.elapsed();

    let orders = stored(&launcher.database())?;
    let asked = market.asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let visits = market.visits_made.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let now = acquirer.now();
    let mut simulator = acquirer.simulator();
    let audit = Audit::new(&orders, &simulator, &asked);
    let shop = ShopAudit::new(&shop_orders(&launcher.database())?, &mut simulator, now, &visits);
    let report = Report {
        audit,
        shop,
        asked,
        visits,
        kills,
        faults,
        found,
        searched,
        took,
        cores_possible,
        in_memory,
    };
    report.print(core_files(&folder)?, cards.len());
    let good = settled && stopped.success() && report.is_good() && core_files(&folder)? == 0;
    if good && options.folder.is_none() {
        std::fs::remove_dir_all(&folder)?;
    } else {
        println!("database and log: {}", folder.display());
    }
    println!("{}", if good { "good" } else { "NOT GOOD" });
    Ok(good)
}

/// Number of kills, by signal.
#[derive(Debug, Default)]
struct Kills {
    killed: usize,
    aborted: usize,
    /// The longest time from an end to the next start.
    longest: Duration,
}

impl Kills {
    /// Kills the service and starts it again. One time in five with a signal that writes a core file.
    fn kill(&mut self, service: Running, launcher: &Launcher) -> Result<Running, Failure> {
        let began = Instant::now();
        if (self.killed + self.aborted) % 5 == 3 {
            self.aborted += 1;
            service.abort()?;
        } else {
            self.killed += 1;
            service.kill()?;
        }
        let service = launcher.start()?;
        self.longest = self.longest.max(began.elapsed());
        Ok(service)
    }
}

/// Waits until no order is open: somewhat longer than the five minutes of a retry, the ten in which an order of the
/// shop can be paid, and those in which a refund is searched for.
async fn wait_until_settled(launcher: &Launcher, faster: u32) -> Result<bool, Failure> {
    let patience = Duration::from_secs(20 * 60) / faster + Duration::from_secs(5);
    let began = Instant::now();
    while began.elapsed() < patience {
        let settled = stored(&launcher.database())?.iter().all(|order| order.state != "open");
        if settled && shop_orders(&launcher.database())?.iter().all(is_settled) {
            return Ok(true);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(false)
}

struct Report {
    audit: Audit,
    shop: ShopAudit,
    asked: Vec<Asked>,
    visits: Vec<Visit>,
    kills: Kills,
    faults: Faults,
    found: Vec<Found>,
    searched: usize,
    took: Duration,
    cores_possible: bool,
    /// Number of card numbers in the memory of the idle service.
    in_memory: Option<usize>,
}

impl Report {
    fn is_good(&self) -> bool {
        self.audit.is_good() && self.shop.is_good() && self.found.is_empty()
    }

    fn print(&self, cores: usize, cards: usize) {
        let Self { audit, asked, kills, .. } = self;
        let line = |what: &str, count: usize| println!("{count:>8}  {what}");
        println!();
        line("orders asked for", asked.len());
        line("orders in the database", audit.orders);
        for (state, count) in &audit.states {
            line(&format!("  {state}"), *count);
        }
        line("times the service was killed with kill -9", kills.killed);
        line(
            "times it was ended by SIGABRT, which writes a core file unless that is forbidden",
            kills.aborted,
        );
        line("orders that were open at one of these moments", audit.interrupted);
        line("  times that was so", audit.interruptions);
        line(
            "orders whose buyer found the service gone",
            asked.iter().filter(|asked| asked.cut_off > 0).count(),
        );
        line(
            "  of which he went away for good",
            asked.iter().filter(|asked| asked.end == End::WentAway).count(),
        );
        line("requests of buyers", asked.iter().map(|asked| asked.sent).sum());
        let faults = self.faults.counts();
        line("requests at the acquirer", faults.values().sum());
        for (fault, count) in faults {
            line(&format!("  {fault}"), count);
        }
        line("charges", audit.charges);
        let calls = self.faults.calls();
        line("calls of the shop at the gateway", calls.values().sum());
        for (fault, count) in calls {
            line(&format!("  {fault}"), count);
        }
        println!();
        line("orders charged or given back twice", audit.doubled.len());
        line("orders lost, or still open", audit.lost.len());
        line("orders whose state is not what the acquirer says", audit.wrong.len());
        line("orders that a person has to look up", audit.reconcile.len());
        line("  of which the buyer went away when the service was gone", audit.reconcile_gone);
        line("  of which charged", audit.reconcile.iter().filter(|(_, charged)| *charged).count());
        let megabytes = self.searched / 1_000_000;
        let what = format!(
            "places with one of {cards} card numbers, the password or the key, in {megabytes} MB of database and log"
        );
        line(&what, self.found.len());
        let possible =
            if self.cores_possible { "this machine writes them" } else { "this machine writes none" };
        line(&format!("core files ({possible})"), cores);
        match self.in_memory {
            Some(count) => {
                line("card numbers in the memory of the service when it has nothing to do any more", count)
            }
            None => println!("       ?  the service's memory is not ours to look at"),
        }
        println!("{:>8.1}  seconds until the service was there again, at most", kills.longest.as_secs_f64());
        println!("{:>8.1}  seconds in all\n", self.took.as_secs_f64());
        self.shop.print(&self.visits);
        for problem in [&audit.doubled, &audit.lost, &audit.wrong].into_iter().flatten() {
            println!("{problem}");
        }
        for found in &self.found {
            println!("{found:?}");
        }
    }
}
