import Glibc

extension ConfigurationLoader {
    /// The systemd credential that stands in for each key that nothing sets: systemd.exec(5), "LoadCredential=".
    static let credentials = [
        "database.password_file": "database.password", "cookies.keys_file": "cookie.keys",
        "tokens.keys_file": "token.keys", "mail.password_file": "mail.password", "sms.headers_file": "sms.headers",
    ]

    /// Points the keys of secrets that no source sets to the credentials that systemd passes.
    mutating func useCredentials(environment: [String: String]) {
        guard let directory = environment["CREDENTIALS_DIRECTORY"], directory.hasPrefix("/") else { return }
        for (key, name) in Self.credentials.sorted(by: { $0.key < $1.key }) where places[key] == nil {
            let path = "\(directory)/\(name)"
            if unsafe access(path, F_OK) == 0 { set(credential: path, forKey: key) }
        }
    }
}
