/// Keys that are worth nothing.
package enum TestKeys {
    /// The line of a key file with a key of this name: 32 octets, all of them 7.
    package static func line(_ id: String = "k1") -> String { "\(id):BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=" }
}
