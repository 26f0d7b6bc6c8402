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

    /// Where only who has proven an address may log in, the grant's address counts as proven: nobody else got the grant.
    ///
    /// - Throws: `.noGrant`; `.invalid(.password)`, the grant stays good then.
    package static func run(_ input: Input, in call: CallContext, with services: Services) throws(AuthError) {
        guard let digest = try services.digest(input.grant) else { throw .noGrant }
        let account = try services.accounts.holder(ofGrant: digest, in: call.realm, at: call.now)
        let hash = try services.newPassword(input.password, of: account, in: call)
        try services.accounts.setPassword(
            hash, byGrant: digest, proves: call.policy.isUniform,
            telling: call.notice(.passwordChanged, to: account.addressForNotices), in: call.realm, at: call.now)
        services.remember(ownerOf: account.id, in: call)
    }
}
