/// Tells which of many addresses have accounts.
package enum FindAccounts: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.invalid, .tooManyRequests, .unavailable]

    package struct Input: Sendable {
        package let session: LoginSession
        /// Emails or phone numbers as somebody wrote them down; what is neither belongs to nobody.
        package let texts: [String]

        package init(session: LoginSession, texts: [String]) {
            self.session = session
            self.texts = texts
        }
    }

    package struct Match: Sendable {
        /// What was asked for, as it was written.
        package let text: String
        package let account: FoundAccount
    }

    /// How many may be asked for at once.
    package static let most = 1_000

    /// The matches in the order asked for, each account once.
    ///
    /// - Throws: `.invalid(.identifiers)` when they are none or too many; `.tooManyRequests`.
    package static func run(
        _ input: Input, in call: CallContext, with services: Services
    ) throws(AuthError) -> [Match] {
        guard (1...most).contains(input.texts.count) else { throw .invalid(.identifiers) }
        try services.sessions.count(
            .findAccounts, by: input.session.account.id, limit: call.policy.findsPerMinute, window: .seconds(60),
            at: call.now)
        let addresses = input.texts.map { address($0, in: call) }
        let found = try services.accounts.accounts(addresses, in: call.realm)
        var seen: Set<AccountID> = []
        return zip(input.texts, found).compactMap { text, account in
            guard let account, seen.insert(account.id).inserted else { return nil }
            return Match(text: text, account: account)
        }
    }

    private static func address(_ text: String, in call: CallContext) -> Address? {
        if let email = EmailAddress(text) { return .email(email) }
        return PhoneNumber(text, callingCode: call.policy.callingCode).map { .phone($0) }
    }
}
