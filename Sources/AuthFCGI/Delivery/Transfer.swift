import CCurl

/// One handle of libcurl, used for one transfer after another: it keeps its connections open between them.
///
/// Certificates and host names are checked, as libcurl does by default; nothing but the protocols named is spoken, and no
/// redirection is followed.
@safe
final class Transfer {
    private let handle: UnsafeMutableRawPointer

    /// How long a connection may take, and a whole transfer, in seconds.
    private static let timeouts = (connect: 10, all: 30)

    /// Nil when libcurl has no memory.
    init?() {
        guard let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe curl_easy_cleanup(handle) }

    /// Forgets the options of the transfer before; its connections stay.
    func begin(_ url: String, protocols: String) throws(DeliveryError) {
        unsafe curl_easy_reset(handle)
        try set(CURLOPT_URL, url)
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_CONNECTTIMEOUT, Self.timeouts.connect)
        try set(CURLOPT_TIMEOUT, Self.timeouts.all)
        let discard:
            @convention(c) (
                UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?
            ) -> Int = { _, size, count, _ in size * count }
        try check(unsafe ccurl_set_callback(handle, CURLOPT_WRITEFUNCTION, discard))
    }

    /// Sets an option that is a number.
    func set(_ option: CURLoption, _ value: Int) throws(DeliveryError) {
        try check(unsafe ccurl_set_long(handle, option, value))
    }

    /// Sets an option that is a text; libcurl copies it.
    func set(_ option: CURLoption, _ value: String) throws(DeliveryError) {
        guard !value.utf8.contains(0) else { throw DeliveryError(reason: "a value holds U+0000") }
        try check(unsafe value.withCString { unsafe ccurl_set_text(handle, option, $0) })
    }

    /// Transfers, with these lines for the option `list`, and `text` as what is sent.
    ///
    /// - Returns: the last status that the server gave (RFC 5321, 4.2; RFC 9110, 15).
    func perform(_ option: CURLoption, _ list: [String], sending text: TransferText) throws(DeliveryError) -> Int {
        var lines: UnsafeMutablePointer<curl_slist>?
        defer { unsafe curl_slist_free_all(lines) }
        for line in list {
            guard let longer = unsafe curl_slist_append(lines, line) else { throw DeliveryError(reason: "no memory") }
            unsafe lines = longer
        }
        try check(unsafe ccurl_set_pointer(handle, option, lines))
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
        try check(unsafe ccurl_set_callback(handle, CURLOPT_READFUNCTION, read))
        let context = unsafe Unmanaged.passUnretained(text).toOpaque()
        try check(unsafe ccurl_set_pointer(handle, CURLOPT_READDATA, context))
        let result = withExtendedLifetime(text) { unsafe curl_easy_perform(handle) }
        var status = 0
        unsafe ccurl_response_code(handle, &status)
        guard result == CURLE_OK else {
            throw DeliveryError(
                reason: unsafe "\(String(cString: curl_easy_strerror(result))) (\(status))",
                isPermanent: (500...599).contains(status))
        }
        return status
    }

    private func check(_ code: CURLcode) throws(DeliveryError) {
        guard code == CURLE_OK else {
            throw DeliveryError(reason: unsafe String(cString: curl_easy_strerror(code)))
        }
    }
}
