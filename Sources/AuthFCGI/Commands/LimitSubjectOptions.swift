import ArgumentParser
import AuthDomain

/// Whose limits a command is about.
struct LimitSubjectOptions: ParsableArguments {
    @Argument(help: "An email, a phone, a nickname, an account's id, or a client's network address.")
    var address: String

    @Option(help: "The realm, NAME or TENANT/NAME; else all that are configured or have accounts.")
    var realm: String?

    func validate() throws {
        if let realm, Realm(stored: realm) == nil { throw ValidationError("\(realm) is no realm") }
    }

    /// What `body` makes of the ledger; ends the program with 69 when the database does not answer.
    func orExit<Value>(
        _ option: ConfigurationOption,
        _ body: (LimitLedger, LimitSubject, [Realm]) throws(AuthError) -> Value
    ) throws -> Value {
        try orExit(try option.load(), body)
    }

    /// The same with a configuration that is loaded.
    func orExit<Value>(
        _ configuration: Configuration,
        _ body: (LimitLedger, LimitSubject, [Realm]) throws(AuthError) -> Value
    ) throws -> Value {
        guard let subject = subject(callingCode: configuration.phone.defaultCallingCode) else {
            throw ValidationError("\(address) is no email, phone, nickname, account id or network address")
        }
        let settings = try Composition.orExit { () throws(StartFailure) in try MariaDBSettings(configuration.database) }
        let database = Database(ConnectionPool(settings)) { error in Console.complain("authfcgi: \(error)") }
        let ledger = LimitLedger(database: database, policy: Policy(configuration, blocklist: []))
        do throws(AuthError) {
            return try body(ledger, subject, try realms(configuration.api, ledger))
        } catch {
            throw ExitCode(SystemExit.unavailable)
        }
    }

    private func subject(callingCode: String?) -> LimitSubject? {
        if let client = AddressParser.octets(address).flatMap(ClientAddress.init(octets:)) { return .client(client) }
        if let account = AccountID(address.lowercased()) { return .account(account) }
        var identifiers = AccountIdentifier.readings(ofLogin: ASCIIDomain.rewritten(address))
        if let phone = PhoneNumber(address, callingCode: callingCode), !identifiers.contains(.phone(phone)) {
            identifiers.insert(.phone(phone), at: 0)
        }
        return identifiers.isEmpty ? nil : .identifiers(identifiers)
    }

    private func realms(_ api: Configuration.APIs, _ ledger: LimitLedger) throws(AuthError) -> [Realm] {
        if let realm { return Realm(stored: realm).map { [$0] } ?? [] }
        let configured = [
            api.twake.realm, api.compass.realm, api.ride.userRealm, api.ride.captainRealm, api.contacts.realm,
            api.codes.realm,
        ].compactMap { Realm($0) }
        return Set(configured + (try ledger.realms())).sorted { $0.key < $1.key }
    }
}
