/// The exit statuses that the program ends with (sysexits.h).
enum SystemExit {
    /// `EX_UNAVAILABLE`: what the command depends on does not answer.
    static let unavailable: Int32 = 69
    /// `EX_SOFTWARE`: the program is not as it must be.
    static let software: Int32 = 70
    /// `EX_CANTCREAT`: a file cannot be made.
    static let cannotCreate: Int32 = 73
    /// `EX_TEMPFAIL`: it may go well later.
    static let temporary: Int32 = 75
    /// `EX_CONFIG`: the configuration is not one to work with.
    static let configuration: Int32 = 78
}
