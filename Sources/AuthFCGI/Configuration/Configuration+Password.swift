extension Configuration {
    /// `[password]`: how passwords are hashed, and which are refused.
    struct Password: Hashable, Sendable {
        /// How new passwords are hashed.
        enum Hash: String, CaseIterable, Sendable {
            /// RFC 9106.
            case argon2id
        }

        var hash = Hash.argon2id
        /// Octets.
        var memory = 19 * 1_048_576
        var passes = 2
        /// Hashes at once in one process; 0 stands for the number of cores.
        var concurrency = 0
        /// Hashes that may wait in one process.
        var queue = 64
        /// Unicode scalars.
        var minLength = 8
        /// A password a line; nil for no list.
        var blocklist: String? = "/usr/share/authfcgi/common-passwords.txt"
        /// Whether the example passwords of the APIs' documents are refused too.
        var isStrict = false

        static let keys = [
            ConfigurationKey("password", "hash", \.password.hash, .choice, "for new passwords"),
            ConfigurationKey(
                "password", "memory", \.password.memory, .octets(8_388_608...1_073_741_824), "of one hash"),
            ConfigurationKey("password", "passes", \.password.passes, .integer(1...16), "over that memory"),
            ConfigurationKey(
                "password", "concurrency", \.password.concurrency, .integer(0...256),
                "hashes at once in one process; 0: as many as there are cores"),
            ConfigurationKey(
                "password", "queue", \.password.queue, .integer(0...10_000), "hashes that may wait; beyond it 503"),
            ConfigurationKey(
                "password", "min_length", \.password.minLength, .integer(8...128), "characters of a new password"),
            ConfigurationKey(
                "password", "blocklist", \.password.blocklist, .optional(.path),
                "passwords that are refused, one a line"),
            ConfigurationKey(
                "password", "strict", \.password.isStrict, .boolean,
                "whether the example passwords of the APIs' documents are refused too"),
        ]
    }
}
