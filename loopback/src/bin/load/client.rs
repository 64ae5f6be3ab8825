//! One client: a connection that stays open, a till and a desk.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use crate::Failure;
use crate::draw::Draw;
use crate::exchange::Connection;
use crate::gateway::Desk;
use crate::operation::{Mix, Operation};
use crate::options::Options;
use crate::pace::Pace;
use crate::remote_auth::Till;
use crate::tally::Tally;

/// One of many.
pub struct Client {
    connection: Connection,
    till: Till,
    desk: Desk,
    mix: Mix,
    draw: Draw,
    /// What its references begin with.
    name: String,
    sent: u64,
    tally: Tally,
}

impl Client {
    pub async fn connect(number: u32, options: &Options, address: SocketAddr) -> Result<Self, Failure> {
        Ok(Self {
            connection: Connection::open(address).await?,
            till: Till::new(options.remote_auth.clone())?,
            desk: Desk::new(options.gateway.clone())?,
            mix: options.mix.clone(),
            draw: Draw::new(number.into()),
            name: format!("{}-{number}", options.run),
            sent: 0,
            tally: Tally::new()?,
        })
    }

    /// Sends requests for as long as there are some, one after the other.
    pub async fn run(mut self, pace: Arc<Pace>) -> Result<Tally, Failure> {
        while pace.take() {
            self.sent += 1;
            let reference = format!("{}-{}", self.name, self.sent);
            let pence = 100 + self.draw.below(9_900);
            match self.mix.pick(&mut self.draw) {
                operation @ (Operation::Moto
                | Operation::Duplicate
                | Operation::Retrieve
                | Operation::Hosted) => self.call(operation, &reference, pence).await?,
                operation => self.post(operation, &reference, pence).await?,
            }
            pace.answered();
        }
        Ok(self.tally)
    }

    /// A request of Remote Auth.
    async fn post(&mut self, operation: Operation, reference: &str, pence: u32) -> Result<(), Failure> {
        let asked = self.till.ask(operation, reference, pence, SystemTime::now())?;
        let headers = [("Content-Type", asked.body.content_type())];
        let path = "/gateway/remote_auth";
        let sent = Instant::now();
        let reply = self.connection.exchange("POST", path, headers, asked.body.as_bytes()).await?;
        self.tally.took(asked.operation, sent.elapsed());
        self.till.answered(asked, reply.status, reply.body, &mut self.tally);
        Ok(())
    }

    /// A call of the gateway.
    async fn call(&mut self, operation: Operation, order: &str, pence: u32) -> Result<(), Failure> {
        let asked = self.desk.ask(operation, order, pence)?;
        let (call, method) = (&asked.call, asked.call.method().as_str());
        let sent = Instant::now();
        let (path, headers) = (call.path_and_query(), call.secret_headers());
        let reply = self.connection.exchange(method, path, headers, call.body()).await?;
        self.tally.took(asked.operation, sent.elapsed());
        self.desk.answered(asked, reply.status, reply.body, &mut self.tally);
        Ok(())
    }
}
