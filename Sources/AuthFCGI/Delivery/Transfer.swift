import AuthDomain
import CCurl

/// One handle of libcurl, used for one transfer after another: it keeps its connections open between them, unless
/// one fails. It belongs to one thread.
///
/// Certificates and host names are checked, as libcurl does by default; nothing but the protocols named is spoken, and no
/// redirection is followed.
@safe
final class Transfer {
    /// What a transfer came to.
    struct Outcome {
        let code: CURLcode
        /// The last status that the server gave (RFC 5321, 4.2; RFC 9110, 15); 0 when it gave none.
        let status: Int
        /// How long the server wants to be left alone (RFC 9110, 10.2.3).
        let retryAfter: Duration?

        /// What libcurl says of its code, and the status.
        var reason: String {
            unsafe "\(String(cString: curl_calls_reason(code)))\(status > 0 ? " (\(status))" : "")"
        }
    }

    /// How long a mail server may take for each answer: by so much a transfer may end late.
    static let longestAnswer: Duration = .seconds(15)
    private static let longestConnect: Duration = .seconds(10)
    /// Why libcurl cannot be had, if it cannot: loaded and set up once a process, and by who needs it only.
    private static let fault: String? = unsafe curl_calls_load().map { unsafe String(cString: $0) }

    /// A file with the certificates of authorities (PEM); nil: those of the system.
    let authorities: String?
    private var handle: UnsafeMutableRawPointer?

    init(authorities: String?) {
        self.authorities = authorities
    }

    deinit { close() }

    /// Loads libcurl, unless that was done.
    ///
    /// - Throws: when there is no libcurl.
    static func prepare() throws(DeliveryError) {
        if let fault { throw DeliveryError(reason: fault) }
    }

    private func close() {
        if unsafe handle != nil { unsafe curl_calls_cleanup(handle) }
        unsafe handle = nil
    }

    /// Forgets the options of the transfer before; its connections stay. `limit` is for all of it, from looking up the
    /// host on.
    func begin(_ url: String, protocols: String, within limit: Duration) throws(DeliveryError) {
        try Self.prepare()
        if unsafe handle == nil { unsafe handle = curl_calls_init() }
        guard unsafe handle != nil else { throw DeliveryError(reason: "libcurl: no memory") }
        unsafe curl_calls_reset(handle)
        try set(CURLOPT_URL, url)
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(min(limit, Self.longestConnect)))
        try set(CURLOPT_TIMEOUT_MS, Self.milliseconds(limit))
        // For each answer of a mail server, that to the QUIT after the time is up included; libcurl would wait two minutes.
        try set(CURLOPT_SERVER_RESPONSE_TIMEOUT, Int(Self.longestAnswer.components.seconds))
        if let authorities { try set(CURLOPT_CAINFO, authorities) }
        let discard:
            @convention(c) (
                UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?
            ) -> Int = { _, size, count, _ in size * count }
        try check(unsafe curl_calls_set_callback(handle, CURLOPT_WRITEFUNCTION, discard))
    }

    /// Sets an option that is a number.
    func set(_ option: CURLoption, _ value: Int) throws(DeliveryError) {
        try check(unsafe curl_calls_set_long(handle, option, value))
    }

    /// Sets an option that is a text; libcurl copies it.
    func set(_ option: CURLoption, _ value: String) throws(DeliveryError) {
        guard !value.utf8.contains(0) else { throw DeliveryError(reason: "a value holds U+0000") }
        try check(unsafe value.withCString { unsafe curl_calls_set_text(handle, option, $0) })
    }

    /// Transfers, with these lines for the option `list`, and `text` as what is sent.
    func perform(_ option: CURLoption, _ list: [String], sending text: TransferText) throws(DeliveryError) -> Outcome {
        var lines: UnsafeMutablePointer<curl_slist>?
        defer { unsafe curl_calls_free(lines) }
        for line in list {
            guard let longer = unsafe curl_calls_append(lines, line) else { throw DeliveryError(reason: "no memory") }
            unsafe lines = longer
        }
        try check(unsafe curl_calls_set_pointer(handle, option, lines))
        let read:
            @convention(c) (
                UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?
            ) -> Int = { buffer, size, count, context in
                guard let buffer = unsafe buffer, let context = unsafe context else { return 0 }
                let text = unsafe Unmanaged<TransferText>.fromOpaque(context).takeUnretainedValue()
                let piece = text.next(size * count)
                unsafe UnsafeMutableRawBufferPointer(start: buffer, count: piece.count).copyBytes(from: piece)
                return piece.count
            }
        try check(unsafe curl_calls_set_callback(handle, CURLOPT_READFUNCTION, read))
        let context = unsafe Unmanaged.passUnretained(text).toOpaque()
        try check(unsafe curl_calls_set_pointer(handle, CURLOPT_READDATA, context))
        let code = withExtendedLifetime(text) { unsafe curl_calls_perform(handle) }
        var status = 0
        var pause = 0
        unsafe curl_calls_response_code(handle, &status)
        unsafe curl_calls_retry_after(handle, &pause)
        // A connection on which something went wrong is not used again: it may be that which is wrong.
        if code != CURLE_OK { close() }
        return Outcome(code: code, status: status, retryAfter: pause > 0 ? .seconds(pause) : nil)
    }

    private func check(_ code: CURLcode) throws(DeliveryError) {
        guard code == CURLE_OK else {
            throw DeliveryError(reason: unsafe String(cString: curl_calls_reason(code)))
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int { Int(max(1, duration.microseconds / 1_000)) }
}
