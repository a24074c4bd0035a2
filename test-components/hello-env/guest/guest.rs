//! Greets whoever the environment variable `NAME` names, and the world if the variable is not granted.

fn main() {
    let name = std::env::var("NAME").unwrap_or_else(|_| String::from("World"));
    println!("Hello, {name}!");
}
