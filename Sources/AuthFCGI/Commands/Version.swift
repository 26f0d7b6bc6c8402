/// Which AuthFCGI this is.
enum Version {
    /// As `authfcgi --version` prints it (Semantic Versioning 2.0).
    static let text = "0.1.0"
}
