//! The customer's fields and their parameters, for writing and for reading.

use super::Form;
use super::values::Values;
use crate::remote_auth::Parameter;
use crate::value::Customer;

macro_rules! customer {
    ($($field:ident $wire:ident $Variant:ident;)+) => {
        impl<'a> Form<'a> {
            pub(super) fn customer(&mut self, customer: &'a Customer) {
                let Customer { $($field,)+ } = customer;
                $(self.set_some(Parameter::$Variant, $field.as_ref().map(|value| value.as_str()));)+
            }
        }

        impl Values {
            pub(super) fn customer(&mut self) -> Customer {
                Customer { $($field: self.$wire.take(),)+ }
            }
        }
    };
}

customer! {
    name      cust_name      CustName;
    address   cust_address   CustAddress;
    postcode  cust_postcode  CustPostcode;
    country   cust_country   CustCountry;
    ip        cust_ip        CustIp;
    email     cust_email     CustEmail;
    telephone cust_tel       CustTel;
}
