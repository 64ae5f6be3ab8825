//! The least of HTTP/1.1 that a client needs, so that the clients of a load test cost little: one
//! request at a time over a connection that stays open, and answers that say how long they are.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// More than any answer has.
const MOST_HEADERS: usize = 32;
const LARGEST: usize = 4 * 1_024 * 1_024;

/// A connection that stays open.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    host: String,
    request: Vec<u8>,
    answer: Vec<u8>,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub struct Reply<'a> {
    pub status: u16,
    pub body: &'a [u8],
}

impl Connection {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        // A request is one small packet, which is not to wait for another one.
        stream.set_nodelay(true)?;
        Ok(Self { stream, host: address.to_string(), request: Vec::new(), answer: Vec::new() })
    }

    /// Sends a request, and waits for the answer.
    pub async fn exchange<'n, 'v>(
        &mut self,
        method: &str,
        path: &str,
        headers: impl IntoIterator<Item = (&'n str, &'v str)>,
        body: &[u8],
    ) -> io::Result<Reply<'_>> {
        self.request.clear();
        for part in [method, " ", path, " HTTP/1.1\r\nHost: ", &self.host, "\r\n"] {
            self.request.extend_from_slice(part.as_bytes());
        }
        for (name, value) in headers {
            for part in [name, ": ", value, "\r\n"] {
                self.request.extend_from_slice(part.as_bytes());
            }
        }
        if !body.is_empty() {
            self.request.extend_from_slice(format!("Content-Length: {}\r\n", body.len()).as_bytes());
        }
        self.request.extend_from_slice(b"\r\n");
        self.request.extend_from_slice(body);
        self.stream.write_all(&self.request).await?;
        read(&mut self.stream, &mut self.answer).await
    }
}

/// Reads one answer into a buffer, which is emptied first.
async fn read<'a>(from: &mut (impl AsyncRead + Unpin), buffer: &'a mut Vec<u8>) -> io::Result<Reply<'a>> {
    buffer.clear();
    let (status, head, length) = loop {
        more(from, buffer).await?;
        if let Some(head) = parse(buffer)? {
            break head;
        }
    };
    let end = head + length;
    while buffer.len() < end {
        more(from, buffer).await?;
    }
    if buffer.len() > end {
        return Err(broken("more than one answer"));
    }
    Ok(Reply { status, body: buffer.get(head..).unwrap_or_default() })
}

async fn more(from: &mut (impl AsyncRead + Unpin), buffer: &mut Vec<u8>) -> io::Result<()> {
    if buffer.len() > LARGEST {
        return Err(broken("an answer without an end"));
    }
    match from.read_buf(buffer).await? {
        0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the connection ends before the answer does")),
        _ => Ok(()),
    }
}

/// Status, length of the head and length of the body, once the head is there.
fn parse(bytes: &[u8]) -> io::Result<Option<(u16, usize, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let head = match response.parse(bytes).map_err(|error| broken(&error.to_string()))? {
        httparse::Status::Partial => return Ok(None),
        httparse::Status::Complete(head) => head,
    };
    let length = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok());
    let length: usize = length.ok_or_else(|| broken("an answer that does not say how long it is"))?;
    if length > LARGEST {
        return Err(broken("an answer that is too long"));
    }
    Ok(Some((response.code.unwrap_or_default(), head, length)))
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::io::ErrorKind;

    use tokio::io::duplex;

    use super::*;

    /// What is read of bytes that arrive `piece` at a time, before the connection ends.
    async fn read_of(bytes: &'static str, piece: usize) -> Result<(u16, String), ErrorKind> {
        let (mut near, mut far) = duplex(64);
        let writer = async move {
            for piece in bytes.as_bytes().chunks(piece) {
                far.write_all(piece).await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        // What was there before is not a part of it.
        let mut buffer = b"HTTP/1.1 500 Old\r\n\r\n".to_vec();
        let (_, reply) = tokio::join!(writer, read(&mut near, &mut buffer));
        let reply = reply.map_err(|error| error.kind())?;
        Ok((reply.status, String::from_utf8(reply.body.to_vec()).unwrap()))
    }

    #[tokio::test]
    async fn an_answer_is_read_however_it_is_cut() {
        let answer =
            "HTTP/1.1 201 Created\r\ncontent-type: a/b\r\nContent-Length: 11\r\n\r\n{\"a\":\r\n\r\n1}";
        for piece in 1..=answer.len() {
            assert_eq!(
                read_of(answer, piece).await.unwrap(),
                (201, "{\"a\":\r\n\r\n1}".to_owned()),
                "{piece}"
            );
        }
        let empty = read_of("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", 7).await;
        assert_eq!(empty.unwrap(), (404, String::new()));
    }

    #[tokio::test]
    async fn what_is_no_whole_answer_is_an_error() {
        for (bytes, kind) in [
            ("", ErrorKind::UnexpectedEof),
            ("HTTP/1.1 200 OK\r\ncontent-le", ErrorKind::UnexpectedEof),
            ("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab", ErrorKind::UnexpectedEof),
            ("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab", ErrorKind::InvalidData),
            ("HTTP/1.1 200 OK\r\n\r\n", ErrorKind::InvalidData),
            ("HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n", ErrorKind::InvalidData),
            ("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n", ErrorKind::InvalidData),
            ("220 mail.example.com\r\n\r\n", ErrorKind::InvalidData),
        ] {
            assert_eq!(read_of(bytes, 5).await.unwrap_err(), kind, "{bytes}");
        }
    }
}
