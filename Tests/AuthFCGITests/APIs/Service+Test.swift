@testable import AuthFCGI

extension Service {
    /// The service's own resources beside these APIs, without keys, and with metrics that nobody may read.
    init(beside apis: [any API]) {
        self.init(
            beside: apis, publicKeys: [], pages: ResetPages { _ in "" },
            monitoring: Monitoring(admits: { _ in false }, report: { _, _, _ in HTTPResponse(.ok) }),
            version: "0")
    }
}
