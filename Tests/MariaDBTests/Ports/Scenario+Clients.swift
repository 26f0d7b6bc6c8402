import AuthDomain
import Testing

/// Clients that were logged in as somebody.
extension Scenario {
    /// Three clients that are remembered as the owners of the accounts.
    func remember(_ accounts: AccountID...) throws -> [ClientAddress] {
        let clients = try [7, 8, 9].map { try #require(ClientAddress(octets: [192, 0, 2, $0])) }
        for account in accounts {
            for client in clients {
                try ports().limits.remember(KnownClient(client, as: account, until: now + .seconds(600)))
            }
        }
        return clients
    }

    /// Those of the clients that are known as the account's owner.
    func known(of clients: [ClientAddress], as account: AccountID) throws -> [ClientAddress] {
        try clients.filter { try ports().limits.knows($0, as: account, at: now) != nil }
    }
}
