import AuthDomain
import CSystem
import Glibc

/// Delivers into files of one folder, for development and tests: each message appears whole, under its last name.
struct FileTransport: TextTransport, MailTransport {
    /// The folder; it must be there.
    let directory: String
    /// The sender's address on mails.
    let sender: String

    /// Writes `<time>-<id>.sms`: a line `To: +…`, an empty line, the text.
    func deliver(_ message: TextMessage) throws(DeliveryError) {
        let content = "To: \(message.recipient)\n\n\(message.body)\n"
        try write(Array(content.utf8), as: "\(Self.stamp(message.created))-\(message.id)", "sms")
    }

    /// Writes `<time>-<id>.eml`: the mail (RFC 5322).
    func deliver(_ message: MailMessage) throws(DeliveryError) {
        let content = MailText(message: message, sender: sender).octets
        try write(content, as: "\(Self.stamp(message.created))-\(message.id)", "eml")
    }

    private func write(_ octets: [UInt8], as name: String, _ kind: String) throws(DeliveryError) {
        try write(octets, to: "\(directory)/\(name).\(kind)", through: "\(directory)/.\(name).partial")
    }

    private func write(_ octets: [UInt8], to path: String, through partial: String) throws(DeliveryError) {
        let file = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.failure("open") }
        var written = 0
        while written < octets.count {
            let count = unsafe octets[written...].withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            written += count
        }
        let isWhole = written == octets.count && fsync(file) == 0
        let failure = Self.failure("write")
        close(file)
        guard isWhole, unsafe rename(partial, path) == 0 else {
            unsafe unlink(partial)
            throw isWhole ? Self.failure("rename") : failure
        }
    }

    private static func failure(_ call: String) -> DeliveryError {
        unsafe DeliveryError(reason: "\(call): \(String(cString: strerror(errno)))")
    }

    /// `20261231T235959.123456Z`: names sort by time.
    private static func stamp(_ moment: Timestamp) -> String {
        var seconds = time_t(moment.seconds)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let date = unsafe digits(parts.tm_year + 1900, 4) + digits(parts.tm_mon + 1, 2) + digits(parts.tm_mday, 2)
        let time = unsafe digits(parts.tm_hour, 2) + digits(parts.tm_min, 2) + digits(parts.tm_sec, 2)
        let fraction = moment.since(Timestamp(microseconds: moment.seconds * 1_000_000)).microseconds
        return "\(date)T\(time).\(digits(fraction, 6))Z"
    }

    private static func digits(_ value: some BinaryInteger, _ width: Int) -> String {
        let text = "\(value)"
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
