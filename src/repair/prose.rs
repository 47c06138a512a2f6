//! What prose around manifests says that does not hold, or not everywhere.

/// A statement that guides make, found by words that all stand in one stretch of prose.
struct Statement {
    words: &'static [&'static str],
    note: &'static str,
}

static STATEMENTS: [Statement; 2] = [
    // Kubernetes: MixedProtocolLBService is stable since 1.26; AKO's release notes 1.7.1 and 1.10.2.
    Statement {
        words: &["mixedprotocol", "not"],
        note: "The text says that one LoadBalancer address cannot have TCP and UDP ports. That is out of date: a Service \
               may mix protocols since Kubernetes 1.26 with AKO 1.10.2, and several Services share one address by the \
               annotation `ako.vmware.com/enable-shared-vip` since AKO 1.7.1.",
    },
    // networking.k8s.io/v1 IngressClassSpec has `parameters`; AKO `internal/k8s/ako_init.go` reads its `apiGroup`.
    Statement {
        words: &["ingress class", ".spec.parametersref"],
        note: "The text says that an IngressClass names its AviInfraSetting in `spec.parametersRef`. The field is \
               `spec.parameters`, with `apiGroup`; `parametersRef` is that of a GatewayClass.",
    },
];

/// The notes on a stretch of prose, each with the line (counted in the stretch) where its first word stands.
pub fn doubtful<'t>(lines: &[&'t str]) -> Vec<(usize, &'static str)> {
    let lower: Vec<String> = lines.iter().map(|line: &&'t str| line.to_lowercase()).collect();
    let says = |word: &str| lower.iter().position(|line| line.contains(word));
    let found = STATEMENTS.iter().filter(|statement| statement.words.iter().all(|word| says(word).is_some()));
    found
        .filter_map(|statement| {
            Some((says(statement.words.last()?)?.max(says(statement.words.first()?)?), statement.note))
        })
        .collect()
}
