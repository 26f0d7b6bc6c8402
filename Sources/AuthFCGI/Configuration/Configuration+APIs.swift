extension Configuration {
    /// `[api.*]`: which APIs are served, and to whose accounts.
    struct APIs: Hashable, Sendable {
        /// An API with one population of accounts.
        struct Plain: Hashable, Sendable {
            var isEnabled = true
            var realm: String
            /// Read, but without meaning: only ride sends links.
            var clientURL: WebURL?
        }

        /// `[api.ride]`, which has two.
        struct Ride: Hashable, Sendable {
            var isEnabled = true
            var userRealm = "riders"
            var captainRealm = "captains"
            /// What reset links begin with; nil means the site's own address.
            var clientURL: WebURL?
        }

        var twake = Plain(realm: "twake")
        var compass = Plain(realm: "compass")
        var ride = Ride()
        var contacts = Plain(realm: "contacts")
        var codes = Plain(realm: "codes")

        static let keys =
            plain("twake", \.api.twake.isEnabled, \.api.twake.realm, \.api.twake.clientURL)
            + plain("compass", \.api.compass.isEnabled, \.api.compass.realm, \.api.compass.clientURL)
            + [
                ConfigurationKey("api.ride", "enabled", \.api.ride.isEnabled, .boolean, enabled),
                ConfigurationKey("api.ride", "user_realm", \.api.ride.userRealm, .realm, "whose accounts users have"),
                ConfigurationKey(
                    "api.ride", "captain_realm", \.api.ride.captainRealm, .realm, "whose accounts captains have"),
                ConfigurationKey(
                    "api.ride", "client_url", \.api.ride.clientURL, .optional(.webURL),
                    "what reset links begin with; empty means site.public_url"),
            ] + plain("contacts", \.api.contacts.isEnabled, \.api.contacts.realm, \.api.contacts.clientURL)
            + plain("codes", \.api.codes.isEnabled, \.api.codes.realm, \.api.codes.clientURL)

        private static let enabled = "whether the API is served"

        private static func plain(
            _ name: String, _ isEnabled: any WritableKeyPath<Configuration, Bool> & Sendable,
            _ realm: any WritableKeyPath<Configuration, String> & Sendable,
            _ clientURL: any WritableKeyPath<Configuration, WebURL?> & Sendable
        ) -> [ConfigurationKey] {
            [
                ConfigurationKey("api.\(name)", "enabled", isEnabled, .boolean, enabled),
                ConfigurationKey(
                    "api.\(name)", "realm", realm, .realm, "whose accounts it has"),
                ConfigurationKey(
                    "api.\(name)", "client_url", clientURL, .optional(.webURL),
                    "has a meaning in api.ride only"),
            ]
        }
    }
}
