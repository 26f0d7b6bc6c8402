/// What came on a request's standard input.
enum FastCGIBody: Sendable, Equatable {
    /// As many octets as were announced.
    case whole([UInt8])
    /// More octets than the configuration allows came or were announced; they were not kept.
    case tooLarge
    /// Fewer octets than were announced, or no sound announcement.
    case short
}
