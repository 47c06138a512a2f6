//! The browser's core's answers: built as the page is, run in Node, cases and answers in variables of the global object.

#![forbid(unsafe_code)]

mod answers;

use js_sys::{Reflect, global};

fn main() {
    let cases = Reflect::get(&global(), &"akoplanCases".into()).unwrap().as_string().unwrap();
    let answers = answers::answers(&cases);
    Reflect::set(&global(), &"akoplanAnswers".into(), &answers.into()).unwrap();
}
