/// What the operator decided, checked: every value is of a type that cannot be wrong.
struct Configuration: Hashable, Sendable {
    var server = Server()
    var site = Site()
    var api = APIs()
    var security = Security()
    var database = Database()
    var cookies = Cookies()
    var sessions = Sessions()
    var tokens = Tokens()
    var password = Password()
    var otp = OTP()
    var phone = Phone()
    var limits = Limits()
    var mail = Mail()
    var sms = SMS()
    var log = Log()
    var monitor = Monitor()

    /// Every key there is, in the order of the file.
    static let keys: [ConfigurationKey] = [
        Server.keys, Site.keys, APIs.keys, Security.keys, Database.keys, Cookies.keys, Sessions.keys, Tokens.keys,
        Password.keys, OTP.keys, Phone.keys, Limits.keys, Mail.keys, SMS.keys, Log.keys, Monitor.keys,
    ].flatMap(\.self)

    /// The sections in the order of the file: "server", "api.twake" and so on.
    static let sections: [String] = keys.reduce(into: []) { sections, key in
        if sections.last != key.section { sections.append(key.section) }
    }
}
