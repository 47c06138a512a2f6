//! The native core's answers: cases on standard input, answers on standard output.

mod answers;

fn main() {
    let cases = std::io::read_to_string(std::io::stdin()).unwrap();
    print!("{}", answers::answers(&cases));
}
