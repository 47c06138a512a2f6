//! Landing: traffic that does not arrive where it is meant to.

pub mod gateway_api_off;
pub mod lands_on_global;
pub mod lands_on_other_segment;
pub mod layer7_only;
pub mod not_served;
pub mod services_api_off;

use std::collections::HashMap;

use super::{Context, Report};
use crate::ako::{Landing, Outcome};
use crate::workspace::{Object, Place};

/// A landing elsewhere than intended, with the object that it is about.
struct Missed<'a> {
    landing: &'a Landing,
    object: &'a Object,
    /// The segment that was meant.
    segment: &'a str,
    /// How many ports or hosts of the same object miss for the same reason.
    count: usize,
}

/// Landings elsewhere than intended, one for each object and outcome, unless the cause lies in the object
/// itself: there another rule says so already. Where AKO crashes that comes before all. Of a part of the objects
/// only theirs.
fn missed<'a>(context: &Context<'a>) -> Vec<Missed<'a>> {
    let prediction = context.prediction();
    let mut missed: Vec<Missed<'a>> = Vec::new();
    if prediction.fatal().is_some() {
        return missed;
    }
    let mut objects: HashMap<_, &Object> = HashMap::new();
    // Where the last one of each object stands: landings of others may come between.
    let mut last = HashMap::new();
    for landing in prediction.landings.iter().filter(|landing| landing.as_intended() == Some(false)) {
        if objects.is_empty() {
            objects.extend(context.objects().iter().map(|object| (&object.address, object)));
        }
        let Some(object) = objects.get(&landing.subject.address).copied() else { continue };
        let Some(intended) = &landing.intended else { continue };
        let is_own = |place: &Place| {
            let whole = object.whole();
            *place.file == *object.address.file && whole.start <= place.span.start && place.span.end <= whole.end
        };
        // That nobody asks AKO for the object no other rule says: it may be so on purpose.
        let is_akos = !matches!(landing.outcome, Outcome::NotForAko { .. });
        if is_akos && landing.broken_hop().and_then(|hop| hop.place.as_ref()).is_some_and(is_own) {
            continue;
        }
        let alike = |other: &Missed<'_>| other.segment == intended.segment && other.landing.outcome == landing.outcome;
        let before = last.get(&object.address).and_then(|at: &usize| missed.get_mut(*at));
        if let Some(other) = before.filter(|other| alike(other)) {
            other.count += 1;
        } else {
            last.insert(&object.address, missed.len());
            missed.push(Missed { landing, object, segment: &intended.segment, count: 1 });
        }
    }
    missed
}

impl Missed<'_> {
    /// `TCP/443`, a host, and how many more.
    fn what(&self) -> String {
        let subject = &self.landing.subject;
        let first = match (&subject.protocol, subject.port, &subject.host) {
            (Some(protocol), Some(port), _) => format!("{protocol}/{port}"),
            (_, _, Some(host)) if !host.is_empty() => format!("`{host}`"),
            _ => subject.name.clone(),
        };
        if self.count > 1 { format!("{first} and {} more", self.count - 1) } else { first }
    }

    /// Why, from the first broken hop, with its place.
    fn because<'f>(&self, report: Report<'f>) -> Report<'f> {
        match self.landing.broken_hop() {
            Some(hop) => match &hop.place {
                Some(place) => report.related(place.clone(), hop.reason.clone()),
                None => report,
            },
            None => report,
        }
    }

    /// The reason in words, for the message.
    fn reason(&self) -> String {
        match (self.landing.broken_hop(), &self.landing.outcome) {
            (Some(hop), _) => format!(": {}", hop.reason),
            (None, Outcome::NotServed { reason } | Outcome::NotForAko { reason }) if !reason.is_empty() => {
                format!(": {reason}")
            }
            _ => String::new(),
        }
    }
}
