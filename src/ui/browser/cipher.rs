//! Sealing links with a passphrase by `WebCrypto`; what exactly is sealed how is said in `akoplan::share`.

use akoplan::share::{self, Content, Envelope, Unreadable};
use js_sys::{Array, JsString, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesDerivedKeyParams, AesGcmParams, CryptoKey, Pbkdf2Params, SubtleCrypto};

use super::{random_bytes, window};

/// Whether the browser seals here: it does over https and on the machine itself only.
pub fn can_seal() -> bool {
    window().is_secure_context() && window().crypto().is_ok()
}

/// Seals a project; gives the part of the link after `#/share/`, or why there is none.
pub async fn seal(content: &Content, passphrase: &str) -> Result<String, String> {
    let packed = share::pack(content).map_err(|refusal| refusal.to_string())?;
    let mut envelope = Envelope::new(random_bytes(), random_bytes());
    let sealed = async {
        let subtle = window().crypto()?.subtle();
        let key = key(&subtle, &envelope, passphrase, "encrypt").await?;
        JsFuture::from(subtle.encrypt_with_object_and_js_u8_array(&cipher(&envelope), &key, &bytes(&packed))?).await
    };
    let sealed = sealed.await.map_err(|_: JsValue| "this browser did not seal the link".to_owned())?;
    envelope.sealed = Uint8Array::new(&sealed).to_vec();
    envelope.link().map_err(|refusal| refusal.to_string())
}

/// Opens a sealed link.
pub async fn open(envelope: &Envelope, passphrase: &str) -> Result<Content, Unreadable> {
    let packed = async {
        let subtle = window().crypto()?.subtle();
        let key = key(&subtle, envelope, passphrase, "decrypt").await?;
        let sealed = bytes(&envelope.sealed);
        JsFuture::from(subtle.decrypt_with_object_and_js_u8_array(&cipher(envelope), &key, &sealed)?).await
    };
    let packed = packed.await.map_err(|_: JsValue| Unreadable::WrongPassphrase)?;
    share::unpack(&Uint8Array::new(&packed).to_vec())
}

/// The key of a passphrase, for one use.
async fn key(subtle: &SubtleCrypto, envelope: &Envelope, passphrase: &str, usage: &str) -> Result<CryptoKey, JsValue> {
    // The same letters typed on another machine are the same key.
    let passphrase = String::from(JsString::from(passphrase).normalize("NFC"));
    let usages = |usage: &str| Array::of1(&JsValue::from_str(usage));
    let raw = bytes(passphrase.as_bytes());
    let imported = subtle.import_key_with_str("raw", &raw, "PBKDF2", false, &usages("deriveKey"))?;
    let imported: CryptoKey = JsFuture::from(imported).await?.dyn_into()?;
    let derivation = Pbkdf2Params::new("PBKDF2", &"SHA-256".into(), envelope.rounds, &bytes(&envelope.salt));
    let derived = AesDerivedKeyParams::new("AES-GCM", 256);
    let key = subtle.derive_key_with_object_and_object(&derivation, &imported, &derived, false, &usages(usage))?;
    JsFuture::from(key).await?.dyn_into()
}

fn cipher(envelope: &Envelope) -> Object {
    let cipher = AesGcmParams::new("AES-GCM", &bytes(&envelope.iv));
    cipher.set_additional_data(&bytes(&envelope.header()));
    cipher.into()
}

fn bytes(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}
