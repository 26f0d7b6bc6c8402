import CFastCGI
import CSystem
import Glibc

/// One thread's request structure of libfcgi, used for one request after another.
///
/// libfcgi never accepts or closes a connection here: it reads from a descriptor that holds one whole request, and
/// writes to the one it is told to.
@safe
struct LibFCGIRequest: ~Copyable {
    private let raw: UnsafeMutablePointer<FCGX_Request>

    /// A structure that holds no request.
    init() {
        unsafe raw = .allocate(capacity: 1)
        unsafe FCGX_InitRequest(raw, -1, 0)
    }

    deinit {
        unsafe FCGX_Free(raw, 0)
        unsafe raw.deallocate()
    }

    /// Prepares libfcgi, before any thread is started. It takes over SIGTERM, SIGUSR1 and SIGPIPE.
    static func prepare() throws(FastCGIError) {
        unsafe setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "10", 0)
        unsafe setenv("LIBFCGI_IS_AF_UNIX_KEEPER_POLL_TIMEOUT", "10", 0)
        let code = FCGX_Init()
        if code != 0 { throw .library(code: code) }
    }

    /// Reads the beginning and the parameters. After false, libfcgi has closed the descriptor.
    func read(from descriptor: Int32) -> Bool {
        unsafe raw.pointee.ipcFd = descriptor
        unsafe raw.pointee.keepConnection = 1
        return unsafe FCGX_Accept_r(raw) == 0
    }

    /// Whether the web server goes on using the connection.
    var keepsConnection: Bool { unsafe raw.pointee.keepConnection != 0 }

    /// What the web server wants.
    var role: FastCGIRole { unsafe raw.pointee.role == FCGI_AUTHORIZER ? .authorizer : .responder }

    /// Copies the parameters; libfcgi's own `FCGI_ROLE` is the first and left out.
    func copyParameters(to parameters: inout FastCGIParameters) {
        parameters.removeAll()
        guard var entry = unsafe raw.pointee.envp else { return }
        unsafe entry += 1
        while let text = unsafe entry.pointee {
            let octets = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
            unsafe parameters.append(octets.bindMemory(to: UInt8.self).span)
            unsafe entry += 1
        }
    }

    /// Reads standard input to its end, which must come after `count` octets.
    func body(count: Int) -> [UInt8]? {
        let octets = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let limit = Int32(clamping: count - filled)
                let room = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.advanced(by: filled)
                let read = unsafe FCGX_GetStr(room?.assumingMemoryBound(to: CChar.self), limit, raw.pointee.in)
                if read <= 0 { break }
                filled += Int(read)
            }
        }
        let isAtEnd = unsafe FCGX_GetChar(raw.pointee.in) == EOF && FCGX_GetError(raw.pointee.in) == 0
        return octets.count == count && isAtEnd ? octets : nil
    }

    /// Writes the answer to a connection and ends the request; false when the web server did not take it.
    func answer(_ response: FastCGIResponse, to connection: Int32) -> Bool {
        unsafe raw.pointee.ipcFd = connection
        let count = Int32(clamping: response.octets.count)
        let written = unsafe response.octets.withUnsafeBytes { octets in
            unsafe FCGX_PutStr(octets.baseAddress?.assumingMemoryBound(to: CChar.self), count, raw.pointee.out)
        }
        let failed = unsafe FCGX_FClose(raw.pointee.err) | FCGX_FClose(raw.pointee.out)
        unsafe FCGX_Free(raw, 0)
        unsafe raw.pointee.ipcFd = -1
        return failed == 0 && written == count
    }
}
