//! A signed call as a request of the `http` crate.

use ::http::header::{HeaderName, HeaderValue};
use ::http::uri::{InvalidUri, PathAndQuery};
use ::http::{Request, Uri};
use bytes::Bytes;

use super::{Method, SignedCall};
use crate::gateway::Environment;

impl SignedCall {
    /// The request to be sent to `environment`. The client adds host and length.
    ///
    /// The request's own `Debug` shows its body, card data and all: do not print it.
    ///
    /// ```
    /// use cashflows_codec::gateway::call::{Call, RetrieveJob};
    /// use cashflows_codec::gateway::{Credentials, Environment};
    ///
    /// let credentials = Credentials::new("200426117314086912".parse()?, "key".parse()?);
    /// let call = Call::from(RetrieveJob::new("210221017179873304".parse()?)).sign(&credentials);
    /// let request = call.into_http(Environment::Integration);
    /// assert_eq!(request.method(), "GET");
    /// assert_eq!(
    ///     request.uri(),
    ///     "https://gateway-int.cashflows.com/api/gateway/payment-jobs/210221017179873304",
    /// );
    /// assert_eq!(request.headers()["ConfigurationId"], "200426117314086912");
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn into_http(self, environment: Environment) -> Request<Bytes> {
        let base = Uri::from_static(environment.base_url());
        // A path of ours is always one of a URI: whatever else it has is percent-encoded.
        let uri = self.uri_below(&base);
        debug_assert!(uri.is_ok(), "a path that is none");
        self.into_request(uri.unwrap_or(base))
    }

    /// The same to another place, such as a simulator: scheme, host, perhaps a path that the call's own
    /// goes below.
    ///
    /// # Errors
    ///
    /// The path of `base` is so long that there is no URI of both.
    pub fn into_http_at(self, base: &Uri) -> Result<Request<Bytes>, InvalidUri> {
        let uri = self.uri_below(base)?;
        Ok(self.into_request(uri))
    }

    fn uri_below(&self, base: &Uri) -> Result<Uri, InvalidUri> {
        let path = [base.path().trim_end_matches('/'), self.path_and_query()].concat();
        let mut parts = base.clone().into_parts();
        parts.path_and_query = Some(PathAndQuery::try_from(path)?);
        // With a path, whatever could be a base still is a URI.
        Ok(Uri::from_parts(parts).unwrap_or_else(|_| base.clone()))
    }

    fn into_request(self, uri: Uri) -> Request<Bytes> {
        let mut headers = ::http::HeaderMap::new();
        for (name, value) in self.secret_headers() {
            let (name, value) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value));
            debug_assert!(name.is_ok() && value.is_ok(), "every value was checked when it was made");
            if let (Ok(name), Ok(mut value)) = (name, value) {
                value.set_sensitive(name == "hash");
                headers.insert(name, value);
            }
        }
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = self.method().into();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        request.map(|_| self.into_body())
    }
}

impl From<Method> for ::http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Head => Self::HEAD,
            Method::Patch => Self::PATCH,
            Method::Post => Self::POST,
        }
    }
}
