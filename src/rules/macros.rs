//! The macro that declares a rule, with its doc comment as page.

/// Declares a rule as a static; the doc comment is its page.
#[macro_export]
macro_rules! rule {
    (
        $(#[doc = $line:literal])*
        pub static $name:ident = {
            code: $code:literal,
            name: $kebab:literal,
            severity: $severity:ident,
            reads: [$($kind:ident),* $(,)?],
            since: $since:literal,
            $(needs: $needs:ident,)?
            $(by_object: $by_object:literal,)?
            $(needs_known: $needs_known:ident,)?
            check: $check:expr $(,)?
        };
    ) => {
        $(#[doc = $line])*
        pub static $name: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            name: $kebab,
            severity: $crate::diagnostic::Severity::$severity,
            reads: &[$($crate::model::Kind::$kind),*],
            since: $since,
            needs: &[$($crate::ako::versions::Capability::$needs)?],
            by_object: false $(|| $by_object)?,
            needs_known: $crate::needs!($($needs_known)?),
            lines: if $crate::rules::HAVE_PAGES { &[$($crate::rules::page_line($line)),*] } else { &[] },
            check: $check,
        };
    };
}

/// What a rule has to know of, [`Needs::Named`](crate::rules::Needs) where it does not say.
#[macro_export]
macro_rules! needs {
    () => {
        $crate::rules::Needs::Named
    };
    ($needs:ident) => {
        $crate::rules::Needs::$needs
    };
}
