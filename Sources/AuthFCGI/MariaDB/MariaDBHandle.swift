import CMariaDB
import Glibc

/// One session with one server: the client library's handle, closed when the last reference goes.
@safe final class MariaDBHandle {
    private let pointer: UnsafeMutablePointer<MYSQL>
    private let watch = SocketWatch()
    private let settings: MariaDBSettings
    private lazy var room = ResultRoom()

    /// Connects and sets the session up, within `limit`. Every failure is of kind `.refused`.
    /// - Parameter probing: whether a server that is silent during a statement is asked for a sign of life.
    init(
        _ host: MariaDBHost, _ settings: MariaDBSettings, within limit: Duration, probing: Bool = true,
        whenHeldUp: @escaping () -> Void = {}
    ) throws(MariaDBError) {
        try MariaDBLibrary.prepareThread()
        guard let pointer = unsafe mysql_init(nil) else { throw MariaDBError(.refused, "out of memory") }
        unsafe self.pointer = pointer
        self.settings = settings
        watch.whenHeldUp = whenHeldUp
        let deadline = ContinuousClock.now + limit
        guard setOptions(host) else { throw MariaDBError(.other, "the client library refuses an option") }
        guard connect(host, within: limit) else { throw failure.judged(.refused) }
        // Where the certificate is not to be verified, the library goes on in clear with a server that has no TLS.
        let hasCipher = unsafe mysql_get_ssl_cipher(pointer) != nil
        guard hasCipher || !isEncrypted(host) else {
            throw MariaDBError(.refused, "the server does not encrypt")
        }
        do {
            try query(
                SessionSetup(settings, serverVersion: unsafe mysql_get_server_version(pointer)).statement,
                within: deadline - ContinuousClock.now)
        } catch {
            throw error.judged(.refused)
        }
        // Not before: how long a session may take is the limit's to say.
        if probing { watch.isServerAlive = { MariaDBProbe(host, settings).isServerAlive } }
    }

    deinit {
        watch.during(.milliseconds(100)) { unsafe mysql_close(pointer) }
    }

    /// Where a row of this many columns is put, the same for all statements but those of more than usual.
    func room(for count: Int) -> ResultRoom { count <= ResultRoom.usual ? room : ResultRoom(count: count) }

    /// Called on the waiting thread when a call is held up (`SocketWatch.patience`).
    var whenHeldUp: () -> Void {
        get { watch.whenHeldUp }
        set { watch.whenHeldUp = newValue }
    }

    /// The server's number of this session.
    var sessionID: UInt { unsafe mysql_thread_id(pointer) }

    /// Whether the server has neither closed the session nor said anything unasked: what is sent now is not sent into
    /// the void. No round trip.
    var isQuiet: Bool {
        var entry = pollfd(fd: unsafe mysql_get_socket(pointer), events: Int16(truncatingIfNeeded: POLLIN), revents: 0)
        return unsafe entry.fd >= 0 && poll(&entry, 1, 0) == 0
    }

    /// Whether the server answers a ping within `limit`.
    func answersPing(within limit: Duration) -> Bool {
        watch.during(limit) { unsafe mysql_ping(pointer) == 0 }
    }

    /// Runs one statement that takes no values and returns no rows.
    func query(_ text: String, within limit: Duration? = nil) throws(MariaDBError) {
        let failed = call(within: limit) { pointer in
            var text = text
            return text.withUTF8 { unsafe mysql_real_query(pointer, $0.baseAddress, UInt($0.count)) } != 0
        }
        guard !failed else { throw failure }
    }

    /// Runs the statements of a script, one after the other, and drops the rows they return; the first failure ends it.
    func script(_ text: String) throws(MariaDBError) {
        try option(MYSQL_OPTION_MULTI_STATEMENTS_ON)
        var outcome: MariaDBError?
        do {
            try query(text)
            try dropResults()
        } catch {
            outcome = error
        }
        if let outcome {
            while call({ unsafe mysql_next_result($0) == 0 }) {}
            throw outcome
        }
        try option(MYSQL_OPTION_MULTI_STATEMENTS_OFF)
    }

    /// Calls the library under the watch.
    @safe func call<Result>(within limit: Duration? = nil, _ body: (UnsafeMutablePointer<MYSQL>) -> Result) -> Result {
        watch.during(limit ?? settings.queryTimeout + .milliseconds(250)) { unsafe body(pointer) }
    }

    /// The library's last error on this handle.
    var failure: MariaDBError {
        unsafe failure(code: mysql_errno(pointer), message: mysql_error(pointer))
    }

    /// An error the library told, judged with what the watch knows of it.
    @safe func failure(code: UInt32, message: UnsafePointer<CChar>?) -> MariaDBError {
        let error = MariaDBError(code: code, serverMessage: unsafe message.map { unsafe String(cString: $0) } ?? "")
        return watch.timedOut && error.isOfClient ? error.judged(.timeout) : error
    }

    /// Whether a call ended for want of an answer.
    var timedOut: Bool { watch.timedOut }

    private func dropResults() throws(MariaDBError) {
        var next: Int32 = 0
        while next == 0 {
            if let result = call({ unsafe mysql_store_result($0) }) {
                unsafe mysql_free_result(result)
            } else if unsafe mysql_errno(pointer) != 0 {
                throw failure
            }
            next = call { unsafe mysql_next_result($0) }
        }
        guard next < 0 else { throw failure }
    }

    private func option(_ option: enum_mysql_set_option) throws(MariaDBError) {
        guard call({ unsafe mysql_set_server_option($0, option) == 0 }) else { throw failure }
    }

    private func connect(_ host: MariaDBHost, within limit: Duration) -> Bool {
        let flags = UInt(CLIENT_FOUND_ROWS)
        return watch.during(limit) {
            switch host {
            case .socket(let path):
                unsafe mysql_real_connect(
                    pointer, "localhost", settings.user, settings.password, settings.database, 0, path, flags) != nil
            case .tcp(let name, let port):
                unsafe mysql_real_connect(
                    pointer, name, settings.user, settings.password, settings.database, UInt32(port), nil, flags) != nil
            }
        }
    }

    private func isEncrypted(_ host: MariaDBHost) -> Bool {
        switch host {
        case .socket: false
        case .tcp: settings.tls != .off
        }
    }

    private func setOptions(_ host: MariaDBHost) -> Bool {
        let isEncrypted = isEncrypted(host)
        let protocolType =
            switch host {
            case .tcp: MYSQL_PROTOCOL_TCP.rawValue
            case .socket: MYSQL_PROTOCOL_SOCKET.rawValue
            }
        return set(MYSQL_OPT_PROTOCOL, protocolType)
            // A second at the socket, then the watch is asked; it alone ends a call.
            && set(MYSQL_OPT_CONNECT_TIMEOUT, 1) && set(MYSQL_OPT_READ_TIMEOUT, 1) && set(MYSQL_OPT_WRITE_TIMEOUT, 1)
            && set(MYSQL_OPT_LOCAL_INFILE, 0) && set(MYSQL_OPT_RECONNECT, CChar(0))
            && set(MYSQL_REPORT_DATA_TRUNCATION, CChar(1))
            && set(MYSQL_OPT_SSL_ENFORCE, CChar(isEncrypted ? 1 : 0))
            && set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, CChar(isEncrypted && settings.tls == .verify ? 1 : 0))
            && (unsafe mysql_options(pointer, MYSQL_SET_CHARSET_NAME, "utf8mb4") == 0)
            && (unsafe mysql_options(
                pointer, MARIADB_OPT_IO_WAIT, unsafeBitCast(SocketWatch.callback, to: UnsafeRawPointer.self)) == 0)
    }

    private func set<Value: BitwiseCopyable>(_ option: mysql_option, _ value: Value) -> Bool {
        var value = value
        return unsafe mysql_options(pointer, option, &value) == 0
    }
}
