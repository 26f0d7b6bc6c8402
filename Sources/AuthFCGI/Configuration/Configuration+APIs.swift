extension Configuration {
    /// `[api.*]`: which APIs are served, and to whose accounts.
    struct APIs: Hashable, Sendable {
        /// What an account's owner can be told without having asked.
        enum Notice: String, CaseIterable, Sendable {
            case passwordChanged = "password-changed"
            case newDevice = "new-device"
            case registrationAttempted = "registration-attempted"

            /// What is told by default: who must not be told that they have an account would wait for a code otherwise.
            static let standard = [registrationAttempted]
        }

        /// An API with one population of accounts.
        struct Plain: Hashable, Sendable {
            var isEnabled = true
            var realm: String
            /// Read, but without meaning: only ride sends links.
            var clientURL: WebURL?
            var notices = Notice.standard
        }

        /// `[api.ride]`, which has two.
        struct Ride: Hashable, Sendable {
            var isEnabled = true
            var userRealm = "riders"
            var captainRealm = "captains"
            /// What reset links begin with; nil means the site's own address.
            var clientURL: WebURL?
            var notices = Notice.standard
        }

        var twake = Plain(realm: "twake")
        var compass = Plain(realm: "compass")
        var ride = Ride()
        var contacts = Plain(realm: "contacts")
        var codes = Plain(realm: "codes")

        static let keys =
            plain("twake", \.api.twake.isEnabled, \.api.twake.realm, \.api.twake.clientURL, \.api.twake.notices)
            + plain(
                "compass", \.api.compass.isEnabled, \.api.compass.realm, \.api.compass.clientURL,
                \.api.compass.notices)
            + [
                ConfigurationKey("api.ride", "enabled", \.api.ride.isEnabled, .boolean, enabled),
                ConfigurationKey("api.ride", "user_realm", \.api.ride.userRealm, .realm, "whose accounts users have"),
                ConfigurationKey(
                    "api.ride", "captain_realm", \.api.ride.captainRealm, .realm, "whose accounts captains have"),
                ConfigurationKey(
                    "api.ride", "client_url", \.api.ride.clientURL, .optional(.webURL),
                    "what reset links begin with; empty means site.public_url"),
                notices("ride", \.api.ride.notices),
            ]
            + plain(
                "contacts", \.api.contacts.isEnabled, \.api.contacts.realm, \.api.contacts.clientURL,
                \.api.contacts.notices)
            + plain("codes", \.api.codes.isEnabled, \.api.codes.realm, \.api.codes.clientURL, \.api.codes.notices)

        private static let enabled = "whether the API is served"

        private static func plain(
            _ name: String, _ isEnabled: any WritableKeyPath<Configuration, Bool> & Sendable,
            _ realm: any WritableKeyPath<Configuration, String> & Sendable,
            _ clientURL: any WritableKeyPath<Configuration, WebURL?> & Sendable,
            _ told: any WritableKeyPath<Configuration, [Notice]> & Sendable
        ) -> [ConfigurationKey] {
            [
                ConfigurationKey("api.\(name)", "enabled", isEnabled, .boolean, enabled),
                ConfigurationKey(
                    "api.\(name)", "realm", realm, .realm, "whose accounts it has"),
                ConfigurationKey(
                    "api.\(name)", "client_url", clientURL, .optional(.webURL),
                    "has a meaning in api.ride only"),
                notices(name, told),
            ]
        }

        private static func notices(
            _ name: String, _ told: any WritableKeyPath<Configuration, [Notice]> & Sendable
        ) -> ConfigurationKey {
            ConfigurationKey(
                "api.\(name)", "notices", told, .list(of: .choice, 0...Notice.allCases.count),
                "what owners of accounts are told without having asked")
        }
    }
}
