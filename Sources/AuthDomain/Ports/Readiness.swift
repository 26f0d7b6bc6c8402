/// Whether what the service depends on is there.
package protocol Readiness {
    /// What is not as it must be, each in a few words for whoever runs the service; empty when requests can be served.
    func faults() -> [String]
}
