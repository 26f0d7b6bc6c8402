import AuthDomain
import Glibc

/// Delivers by a program of the system: what is to be said on its standard input, to whom as its last argument. No shell
/// comes near it.
struct ProgramTransport: TextTransport, MailTransport {
    /// The program's absolute path, and its first arguments.
    let command: [String]
    /// The sender's address on mails.
    let sender: String

    /// The options of every sendmail: a dot ends nothing, and the sender is ours.
    static func sendmail(sender: String) -> ProgramTransport {
        ProgramTransport(command: ["/usr/sbin/sendmail", "-i", "-f", sender, "--"], sender: sender)
    }

    func deliver(_ message: TextMessage) throws(DeliveryError) {
        try run(message.recipient, Array(message.body.utf8), within: message.limit)
    }

    func deliver(_ message: MailMessage) throws(DeliveryError) {
        // A program of the system takes lines as the system has them.
        let octets = MailText(message: message, sender: sender).octets.filter { $0 != 0x0D }
        try run(message.recipient.key, octets, within: message.limit)
    }

    private func run(_ recipient: String, _ input: [UInt8], within limit: Duration) throws(DeliveryError) {
        guard let program = Program(command + [recipient]) else {
            throw DeliveryError(reason: unsafe "\(command.first ?? ""): \(String(cString: strerror(errno)))")
        }
        let deadline = ContinuousClock.now + limit
        program.write(input, until: deadline)
        switch program.end(by: deadline) {
        case .exited(0): return
        // EX_DATAERR, EX_NOUSER, EX_NOHOST (sysexits.h): it will not be otherwise next time.
        case .exited(let code): throw DeliveryError(reason: "exit \(code)", isPermanent: [65, 67, 68].contains(code))
        case .killed: throw DeliveryError(reason: "killed, or not done in time")
        }
    }
}
