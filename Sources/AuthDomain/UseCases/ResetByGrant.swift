/// Sets a new password for who has a grant for it, and ends everything issued before.
package enum ResetByGrant: UseCase {
    package static let refusals: Set<AuthError.Reason> = [.noGrant, .invalid, .overloaded, .unavailable]

    package struct Input: Sendable {
        package let grant: SessionSecret?
        package let password: Password

        package init(grant: SessionSecret?, password: Password) {
            self.grant = grant
            self.password = password
        }
    }

    /// - Throws: `.noGrant`; `.invalid(.password)`, the grant stays good then.
    package static func run(_ input: Input, in call: CallContext, with services: Services) throws(AuthError) {
        guard let digest = try services.digest(input.grant) else { throw .noGrant }
        let account = try services.accounts.holder(ofGrant: digest, in: call.realm, at: call.now)
        let hash = try services.newPassword(input.password, of: account, in: call)
        try services.accounts.setPassword(hash, byGrant: digest, in: call.realm, at: call.now)
        services.remember(ownerOf: account.id, in: call)
    }
}
