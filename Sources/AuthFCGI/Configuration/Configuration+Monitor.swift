extension Configuration {
    /// `[monitor]`: who may ask how the service is.
    struct Monitor: Hashable, Sendable {
        var allow: [AddressBlock] = ["127.0.0.0/8", "::1"].compactMap { AddressBlock($0) }

        static let keys = [
            ConfigurationKey(
                "monitor", "allow", \.monitor.allow, .list(of: .addressBlock), "who may read the status and the metrics"
            )
        ]
    }
}
