//! Migrations as the page shows them: offers by where they lead, the one in hand with its answers, what stands
//! against it.

use crate::diagnostic::Severity;
use crate::migrate::{Answers, LandingState, Migration, Offer, Plan, is_called, offering};
use crate::pace::finish;
use crate::workspace::Workspace;

/// Offers that lead to the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Where they lead.
    pub migration: Migration,
    /// The offers, in order.
    pub offers: Vec<Offer>,
}

/// All offers of a project by where they lead.
#[must_use]
pub fn groups(workspace: &Workspace) -> Vec<Group> {
    finish(grouping(workspace))
}

/// [`groups`] in steps.
pub async fn grouping(workspace: &Workspace) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for offer in offering(workspace).await {
        match groups.last_mut().filter(|group| group.migration == offer.migration) {
            Some(group) => group.offers.push(offer),
            None => groups.push(Group { migration: offer.migration, offers: vec![offer] }),
        }
    }
    groups
}

/// An offer in the address bar: where it leads, and its first object.
#[must_use]
pub fn item(offer: &Offer) -> String {
    let first = offer.objects.first().map_or("", String::as_str);
    format!("{} {first}", offer.migration.name())
}

/// The offer of an address: any of its objects names it.
#[must_use]
pub fn find<'a>(groups: &'a [Group], item: &str) -> Option<&'a Offer> {
    let (name, object) = item.split_once(' ')?;
    let group = groups.iter().find(|group| group.migration.name() == name)?;
    group.offers.iter().find(|offer| offer.objects.iter().any(|key| is_called(key, object)))
}

/// The address of the migration that mends a finding about an old form.
#[must_use]
pub fn item_of_finding(code: &str, object: &str) -> Option<String> {
    let migration = match code {
        "AKP701" | "AKP705" => Migration::Ingress,
        "AKP702" | "AKP704" => Migration::InfraSetting,
        _ => return None,
    };
    Some(format!("{} {object}", migration.name()))
}

/// What is answered, and which objects are left as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Answers by key.
    pub answers: Answers,
    /// Keys of objects.
    pub left_out: Vec<String>,
}

impl Draft {
    /// The offer without what is left out; `None` where nothing is left.
    #[must_use]
    pub fn offer(&self, offer: &Offer) -> Option<Offer> {
        if self.left_out.is_empty() {
            return Some(offer.clone());
        }
        let kept: Vec<String> = offer.objects.iter().filter(|key| !self.left_out.contains(key)).cloned().collect();
        if kept.is_empty() { None } else { offer.narrowed(&kept) }
    }

    /// Leaves an object out, or takes it in again.
    pub fn take(&mut self, key: &str, is_in: bool) {
        self.left_out.retain(|known| known != key);
        if !is_in {
            self.left_out.push(key.to_owned());
        }
    }
}

/// Why a planned migration cannot be applied now, in a sentence.
#[must_use]
pub fn obstacle(plan: &Plan) -> Option<String> {
    if plan.command.is_some() {
        return None;
    }
    let open = plan.open().next();
    let open = open.map(|decision| match &decision.problem {
        Some(problem) => format!("{} Not so: {problem}.", decision.question),
        None => format!("To be decided: {}", decision.question),
    });
    Some(plan.obstacles.first().cloned().or(open).unwrap_or_else(|| "There is nothing to change.".to_owned()))
}

/// What undo says.
#[must_use]
pub fn step(offer: &Offer) -> String {
    format!("migrate {} to {}", offer.title, offer.migration.name())
}

/// How bad it is what becomes of a landing; `None` where it is good.
#[must_use]
pub const fn severity(state: LandingState) -> Option<Severity> {
    match state {
        LandingState::Moves | LandingState::Lost => Some(Severity::Error),
        LandingState::NotServed => Some(Severity::Warning),
        LandingState::Gained => Some(Severity::Info),
        LandingState::Stays | LandingState::Mended => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples;
    use crate::migrate::plan;

    #[test]
    fn an_offer_is_found_by_any_of_its_objects() {
        let groups = groups(&Workspace::new(&examples::clean()));
        let words: Vec<_> = groups.iter().map(|group| (group.migration.name(), group.offers.len())).collect();
        assert_eq!(words, [("gateway", 2), ("shared-vip", 3), ("load-balancer", 1), ("gateway-api", 2)]);
        for offer in groups.iter().flat_map(|group| &group.offers) {
            assert_eq!(find(&groups, &item(offer)), Some(offer));
        }
        let by_service = find(&groups, "load-balancer Service/default/snmp-service-oam").unwrap();
        assert_eq!(by_service.title, "Gateway default/app-gateway-admin-0");
        assert_eq!(find(&groups, "ingress Service/default/snmp-service-oam"), None);
    }

    #[test]
    fn what_is_old_leads_to_its_migration() {
        let workspace = Workspace::new(&examples::mistakes());
        let groups = groups(&workspace);
        let analysis = crate::analysis::analyse(&workspace);
        let items = analysis.findings.iter().filter_map(|it| item_of_finding(it.code, it.object.as_deref()?));
        let found: Vec<_> = items.filter_map(|item| find(&groups, &item)).map(|offer| offer.migration).collect();
        assert_eq!(found, [Migration::InfraSetting, Migration::Ingress]);
    }

    #[test]
    fn what_is_open_is_told_before_it_is_applied() {
        let workspace = Workspace::new(&examples::clean());
        let groups = groups(&workspace);
        let offer = find(&groups, "gateway-api Ingress/default/my-ingress").unwrap();
        let mut draft = Draft::default();
        let first = obstacle(&plan(&workspace, offer, &draft.answers)).unwrap();
        assert!(
            first.starts_with("To be decided: AKO's values do not have `featureGates.GatewayAPI: true`."),
            "{first}"
        );
        draft.answers.insert("gateway-api".to_owned(), "yes".to_owned());
        let second = obstacle(&plan(&workspace, offer, &draft.answers)).unwrap();
        assert!(second.contains("another network or SE group"), "{second}");
        draft.answers.insert("accept-loss".to_owned(), "yes".to_owned());
        assert_eq!(obstacle(&plan(&workspace, offer, &draft.answers)), None);
        draft.take("Ingress/default/my-ingress", false);
        assert_eq!(draft.offer(offer), None);
        draft.take("Ingress/default/my-ingress", true);
        assert_eq!(draft.offer(offer).as_ref(), Some(offer));
    }
}
