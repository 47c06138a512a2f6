//! A field's value while one types.

use std::cell::RefCell;
use std::rc::Rc;

use akoplan::view::typing::Typing;
use yew::prelude::*;

/// What was typed and has not come back as the field's value.
#[derive(Clone)]
pub struct Typed(Rc<RefCell<Typing>>);

impl Typed {
    /// Each change goes to the field's owner once it is noted.
    pub fn emit(&self, text: String, oninput: &Callback<String>) {
        self.0.borrow_mut().typed(&text);
        oninput.emit(text);
    }

    /// The field was left or answered to.
    pub fn forget(&self) {
        self.0.borrow_mut().forget();
    }
}

/// The text to show for a value, and where to note what is typed.
#[hook]
pub fn use_typed(value: &AttrValue) -> (AttrValue, Typed) {
    let typing = use_mut_ref(Typing::default);
    let mut shown = value.clone();
    {
        let mut typing = typing.borrow_mut();
        let text = typing.shown(value);
        if text != value.as_str() {
            shown = AttrValue::from(text.to_owned());
        }
    }
    (shown, Typed(typing))
}
